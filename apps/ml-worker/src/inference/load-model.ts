import {
  modelManifestKey,
  readModelManifest,
  type InferenceProvider,
  type ObjectStore,
} from '@clarity/domain';
import { sha256Of } from '@clarity/schema';
import { batchPolicies, type BatchPolicy } from './batch-policy';
import { encoderInference } from './encoder-inference';
import { judgedInference } from './judged-inference';
import { openEncoder, type ExecutionProvider } from './onnx-session';
import { selfTest } from './self-test';

export interface LoadedModel {
  readonly inference: InferenceProvider;
  readonly policy: BatchPolicy;
  /** Aborts when the model fails its self-test after a failed run; its reason is the SickModel. */
  readonly sick: AbortSignal;
  release(): Promise<void>;
}

/**
 * Loads the model bundle under `prefix`, checks the graph against its manifest, warms it up and tests it.
 * @throws Error that says which object is missing or wrong, or how the self-test failed
 */
export async function loadModel(
  objects: Pick<ObjectStore, 'get'>,
  prefix: string,
  executionProvider: ExecutionProvider,
  open: typeof openEncoder = openEncoder,
): Promise<LoadedModel> {
  const manifest = await readModelManifest(objects, prefix);
  if (manifest === undefined) throw missing(modelManifestKey(prefix));
  const graphKey = `${prefix}/${manifest.graph.file}`;
  const graph = (await objects.get(graphKey))?.bytes;
  if (graph === undefined) throw missing(graphKey);
  if (sha256Of(graph) !== manifest.graph.sha256)
    throw new Error(`${graphKey} is not the graph that its manifest names.`);
  const encoder = await open(graph, executionProvider);
  const policy = batchPolicies[executionProvider];
  const inference = encoderInference(manifest, encoder, policy);
  try {
    await selfTest(inference, policy.buckets);
  } catch (error) {
    // Not awaited: a model that stalled is never released.
    void encoder.release();
    throw error;
  }
  return { ...judgedInference(inference), policy, release: () => encoder.release() };
}

function missing(key: string): Error {
  return new Error(`There is no ${key} in the data bucket.`);
}
