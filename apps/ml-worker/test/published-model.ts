import type { ObjectStore } from '@clarity/domain';
import { makeBundle, type ModelBundle } from '../src/bundle/make-bundle';
import { architectures } from '../src/pat/architecture';
import { syntheticWeightsFile } from '../src/weights/pat-weights-file';

export const modelPrefix = 'models/pat-s';

/** PAT-S with seeded weights. @param name what analyses ask for */
export async function aBundle(name = 'pat-s'): Promise<ModelBundle> {
  const file = await syntheticWeightsFile(architectures.S);
  return makeBundle(file, { size: 'S', name, scaling: { kind: 'z-score' } });
}

/** Puts a bundle where a worker's MODEL_PREFIX says. */
export async function publish(
  objects: Pick<ObjectStore, 'put'>,
  { manifest, graph }: ModelBundle,
): Promise<void> {
  const type = { contentType: 'application/octet-stream' };
  await objects.put(`${modelPrefix}/model.onnx`, graph, type);
  await objects.put(`${modelPrefix}/manifest.json`, Buffer.from(JSON.stringify(manifest)), type);
}
