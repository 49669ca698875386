import type { ObjectStore } from '@clarity/domain';

/** What the role of endpoint and batch may read and write besides models (infra: `inferencePrefix`). */
const prefix = 'inference/';
const longestKey = 1024;

/** @returns what is wrong with a key, or undefined if the task may read and write it */
export function problemOfKey(key: string): string | undefined {
  if (key.length > longestKey) return `has to be at most ${longestKey} characters`;
  if (!key.startsWith(prefix)) return `has to begin with ${prefix}`;
  // Such parts are folded by some clients and not by others, so the key would not be one.
  const parts = key.slice(prefix.length).split('/');
  if (!parts.every((part) => /^[A-Za-z0-9!_.*'()=-]+$/.test(part) && !/^\.+$/.test(part)))
    return "has to be of letters, digits and !_.*'()=- between slashes";
  return undefined;
}

/**
 * The text of an object whose key has been checked. A larger one than `mostBytes` is not read.
 * @returns undefined if there is no such object
 * @throws DomainError `unavailable`; OversizeError
 */
export async function readText(
  objects: Pick<ObjectStore, 'get'>,
  key: string,
  mostBytes: number,
): Promise<string | undefined> {
  const object = await objects.get(key, { mostBytes });
  return object && Buffer.from(object.bytes).toString('utf8');
}
