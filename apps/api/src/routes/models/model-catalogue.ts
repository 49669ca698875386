import { readModelManifest, type ModelManifest, type ObjectStore } from '@clarity/domain';
import type { Clock } from '../../dependencies';

const keptMs = 60_000;
/** A read is shared by the requests that wait for it, so it does not end with one of them. */
const readMs = 10_000;

/** What is served, by the manifest next to the model in the data bucket. */
export interface ModelCatalogue {
  /** @returns undefined if no model has been published yet */
  served(): Promise<ModelManifest | undefined>;
}

/** Reads the manifest at most once a minute; a failed read or an absent model is not remembered. */
export function modelCatalogue(objects: ObjectStore, prefix: string, clock: Clock): ModelCatalogue {
  let kept:
    { readonly at: number; readonly manifest: Promise<ModelManifest | undefined> } | undefined;
  return {
    async served() {
      if (kept === undefined || clock() - kept.at >= keptMs)
        kept = {
          at: clock(),
          manifest: readModelManifest(objects, prefix, { signal: AbortSignal.timeout(readMs) }),
        };
      const reading = kept;
      try {
        const manifest = await reading.manifest;
        if (manifest === undefined && kept === reading) kept = undefined;
        return manifest;
      } catch (error) {
        if (kept === reading) kept = undefined;
        throw error;
      }
    },
  };
}
