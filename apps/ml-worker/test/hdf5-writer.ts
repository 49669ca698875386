import type { Group } from 'h5wasm';
import type { TensorSpec, Weights } from '../src/pat/architecture';
import { elementsOf } from '../src/pat/architecture';

/** Writes any .h5 a test wants. @param place where a tensor goes; undefined leaves it out */
export async function writeHdf5(
  tensors: readonly TensorSpec[],
  weights: Weights,
  place: (name: string) => string | undefined,
  also: Readonly<Record<string, readonly number[]>> = {},
): Promise<Uint8Array> {
  const { default: hdf5 } = await import('h5wasm');
  const { FS } = await hdf5.ready;
  const file = new hdf5.File('test.h5', 'w');
  const add = (path: string, shape: readonly number[], data: Float32Array) => {
    const parts = path.split('/');
    const name = parts.pop() ?? path;
    const group = parts.reduce<Group>(
      (parent, child) =>
        parent.keys().includes(child) ? (parent.get(child) as Group) : parent.create_group(child),
      file,
    );
    group.create_dataset({ name, data, shape: [...shape] });
  };
  for (const spec of tensors) {
    const path = place(spec.name);
    const values = weights.get(spec.name) ?? new Float32Array(elementsOf(spec));
    if (path !== undefined) add(path, spec.shape, values);
  }
  for (const [path, shape] of Object.entries(also))
    add(path, shape, new Float32Array(elementsOf({ name: path, shape })));
  file.close();
  const bytes = FS.readFile('test.h5');
  FS.unlink('test.h5');
  return bytes;
}

/** The path of a tensor in the published files. */
export function publishedPath(name: string): string {
  const layer = /^encoder_layer_\d+/.exec(name)?.[0];
  return `${layer === undefined ? 'dense' : `${layer}_transformer`}/${name}:0`;
}
