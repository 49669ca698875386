/** What stands for a value that nobody may read. */
export const hidden = '(sensitive value)';
/** The same, where the plan changes it: a reviewer may know that much. */
export const hiddenAfter = '(sensitive value, changed)';

const secretWords =
  /secret|password|passwd|passphrase|token|private_?key|api_?key|access_?key|credential/i;

/** Providers do not mark everything that is secret; a name that says so is enough for us. */
export function namesASecret(key: string): boolean {
  return secretWords.test(key);
}

/**
 * Does this object hold a secret in its `value`, because its `name` says so? Environment variables of
 * containers are written that way.
 */
export function holdsNamedSecret(container: unknown): boolean {
  if (typeof container !== 'object' || container === null) return false;
  const { name, key, Name, Key } = container as Record<string, unknown>;
  return [name, key, Name, Key].some((label) => typeof label === 'string' && namesASecret(label));
}

const isValueKey = (key: string) => /^value(from)?$/i.test(key);

/** Is what lies under `key` of `containers` (before and after) to be hidden, going by names alone? */
export function isHiddenKey(key: string, ...containers: readonly unknown[]): boolean {
  return namesASecret(key) || (isValueKey(key) && containers.some(holdsNamedSecret));
}

/** The part of Terraform's `…_sensitive` or `…_unknown` under `key`. */
export function markOf(marks: unknown, key: string | number): unknown {
  if (marks === true) return true;
  return typeof marks === 'object' && marks !== null
    ? (marks as Record<string | number, unknown>)[key]
    : false;
}
