import { jsonParser } from '@clarity/schema';
import { modelManifestSchema, type ModelManifest } from './model';
import type { CallOptions } from './ports/call-options';
import type { ObjectStore } from './ports/object-store';

const parseManifest = jsonParser('model manifest', modelManifestSchema);

/** @returns the key of the manifest of the model bundle under `prefix` */
export function modelManifestKey(prefix: string): string {
  return `${prefix}/manifest.json`;
}

/**
 * The manifest of the model bundle under `prefix`.
 * @returns undefined if there is none
 * @throws Error if it is malformed, which is our fault and not a client's; DomainError `unavailable`
 */
export async function readModelManifest(
  objects: Pick<ObjectStore, 'get'>,
  prefix: string,
  options?: CallOptions,
): Promise<ModelManifest | undefined> {
  const key = modelManifestKey(prefix);
  const object = await objects.get(key, options);
  if (object === undefined) return undefined;
  try {
    return parseManifest(Buffer.from(object.bytes).toString('utf8'));
  } catch (cause) {
    throw new Error(`${key} is not a model manifest.`, { cause });
  }
}
