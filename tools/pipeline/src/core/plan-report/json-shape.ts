export const isNothing = (value: unknown): value is null | undefined =>
  value === null || value === undefined;
export const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null;
export const isRecord = (value: unknown) => isContainer(value) && !Array.isArray(value);
export const keysOf = (value: unknown) => (isContainer(value) ? Object.keys(value) : []);
export const valueAt = (value: unknown, key: string): unknown =>
  isContainer(value) && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;

/** Whether any mark at or below this one is true. */
export function containsTrue(marks: unknown): boolean {
  return marks === true || (isContainer(marks) && Object.values(marks).some(containsTrue));
}

/** Parses a text if it is JSON of an object or a list. */
export function opened(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** The part of Terraform's `…_sensitive` or `…_unknown` under `key`. */
export function markOf(marks: unknown, key: string | number): unknown {
  return marks === true || valueAt(marks, String(key));
}
