import { readFile } from 'node:fs/promises';
import type { ModelManifest } from '@clarity/domain';
import { loadModel } from '../inference/load-model';
import type { ExecutionProvider } from '../inference/onnx-session';
import { selfTestError } from '../inference/self-test';
import { ImportError } from '../weights/import-error';

export interface VerifiedBundle {
  readonly manifest: ModelManifest;
  /** Largest difference between the embedding of the probe week and the one in the manifest. */
  readonly selfTestError: number;
}

/**
 * Opens the bundle in `folder` as a worker does: manifest, hash of the graph, self-test.
 * @throws ImportError if it cannot be read; Error if it is malformed or fails its self-test
 */
export async function verifyBundle(
  folder: string,
  device: ExecutionProvider,
): Promise<VerifiedBundle> {
  const model = await loadModel({ get: storedFile }, folder, device);
  const error = await selfTestError(model.inference);
  await model.release();
  return { manifest: model.inference.manifest, selfTestError: error };
}

async function storedFile(path: string) {
  try {
    return { bytes: await readFile(path), contentType: 'application/octet-stream' };
  } catch (cause) {
    throw new ImportError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
