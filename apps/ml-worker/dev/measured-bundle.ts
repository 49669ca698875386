import type { Attention, ModelManifest } from '@clarity/domain';
import { fastestAttention } from '../src/bundle/fastest-attention';
import { makeBundle, type ModelBundle } from '../src/bundle/make-bundle';
import type { ExecutionProvider } from '../src/inference/onnx-session';
import { architectures } from '../src/pat/architecture';
import { syntheticWeightsFile } from '../src/weights/pat-weights-file';

/** PAT with synthetic weights, written for a device. Its name is what queued analyses ask for. */
export async function measuredBundle(
  size: ModelManifest['size'],
  device: ExecutionProvider,
  attention: Attention = fastestAttention(size, device),
): Promise<ModelBundle> {
  const file = await syntheticWeightsFile(architectures[size]);
  return makeBundle(file, { size, name: 'in-memory', scaling: { kind: 'z-score' }, attention });
}
