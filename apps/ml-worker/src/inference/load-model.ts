import {
  modelManifestSchema,
  type InferenceProvider,
  type ModelManifest,
  type ObjectStore,
} from '@clarity/domain';
import { jsonParser, sha256Of } from '@clarity/schema';
import { batchPolicies, type BatchPolicy } from './batch-policy';
import { encoderInference } from './encoder-inference';
import { openEncoder, type ExecutionProvider } from './onnx-session';
import { selfTest } from './self-test';

const parseManifest = jsonParser('model manifest', modelManifestSchema);

export interface LoadedModel {
  readonly inference: InferenceProvider;
  readonly policy: BatchPolicy;
  release(): Promise<void>;
}

/**
 * Loads the model bundle under `prefix`, checks the graph against its manifest, warms it up and tests it.
 * @throws Error that says which object is missing or wrong, or how the self-test failed
 */
export async function loadModel(
  objects: ObjectStore,
  prefix: string,
  executionProvider: ExecutionProvider,
): Promise<LoadedModel> {
  const manifest = await readManifest(objects, `${prefix}/manifest.json`);
  const graphKey = `${prefix}/${manifest.graph.file}`;
  const graph = await readObject(objects, graphKey);
  if (sha256Of(graph) !== manifest.graph.sha256)
    throw new Error(`${graphKey} is not the graph that its manifest names.`);
  const encoder = await openEncoder(graph, executionProvider);
  const policy = batchPolicies[executionProvider];
  const inference = encoderInference(manifest, encoder, policy);
  try {
    await selfTest(inference, policy.buckets);
  } catch (error) {
    await encoder.release();
    throw error;
  }
  return { inference, policy, release: () => encoder.release() };
}

async function readManifest(objects: ObjectStore, key: string): Promise<ModelManifest> {
  const bytes = await readObject(objects, key);
  try {
    return parseManifest(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new Error(`${key} is not a model manifest.`, { cause });
  }
}

async function readObject(objects: ObjectStore, key: string): Promise<Uint8Array> {
  const object = await objects.get(key);
  if (object === undefined) throw new Error(`There is no ${key} in the data bucket.`);
  return object.bytes;
}
