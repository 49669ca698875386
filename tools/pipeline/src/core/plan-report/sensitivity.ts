/** Shown instead of a secret value. */
export const hidden = '(sensitive value)';
/** Shown instead of a secret value that the plan changes, which a reviewer may know. */
export const hiddenAfter = '(sensitive value, changed)';

const secretWords =
  /secret|password|passwd|passphrase|token|private_?key|api_?key|access_?key|credential/i;

/** Providers do not mark every secret, so a value with such a name counts as one. */
function namesASecret(key: string): boolean {
  return secretWords.test(key);
}

/**
 * Whether this object has a secret in its `value`, going by its `name`, as environment variables of
 * containers are written.
 */
function holdsNamedSecret(container: unknown): boolean {
  if (typeof container !== 'object' || container === null) return false;
  const { name, key, Name, Key } = container as Record<string, unknown>;
  return [name, key, Name, Key].some((label) => typeof label === 'string' && namesASecret(label));
}

const isValueKey = (key: string) => /^value(from)?$/i.test(key);

/** Whether the value at `key` of `containers` (before and after) is hidden, going by names alone. */
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
