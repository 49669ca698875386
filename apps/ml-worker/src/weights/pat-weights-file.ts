import type { Hdf5Dataset } from './hdf5-files';
import { syntheticHdf5, withHdf5 } from './hdf5-files';
import { ImportError } from './import-error';
import {
  elementsOf,
  tensorsOf,
  type Architecture,
  type TensorSpec,
  type Weights,
} from '../pat/architecture';
import { syntheticWeights } from '../pat/synthetic-weights';

export interface WeightsFile {
  readonly weights: Weights;
  /** The file says so of itself, or its tensors are the seeded ones. */
  readonly synthetic: boolean;
  /** Paths of tensors that the encoder does not have, such as those of a head. */
  readonly ignored: readonly string[];
}

/**
 * Reads PAT weights out of an .h5 file in any of three layouts: the published one, a whole model (the
 * same tree under `model_weights/`), and Keras 3's (no `:0`).
 * @throws ImportError that names what is wrong: not an HDF5 file, a tensor missing, twice there, of the
 *   wrong shape, with numbers that are not finite, or one that makes it another architecture
 */
export async function readWeightsFile(
  bytes: Uint8Array,
  architecture: Architecture,
): Promise<WeightsFile> {
  const read = await withHdf5(bytes, ({ datasets, saysSynthetic }) => {
    const named = layerTensors(datasets);
    const weights: Weights = new Map(
      tensorsOf(architecture).map((spec) => [spec.name, valuesOf(spec, named, architecture)]),
    );
    checkNoFurtherLayer(named, architecture);
    checkNoPositions(named);
    return { weights, saysSynthetic, ignored: ignoredOf(named, architecture) };
  });
  if (read === undefined)
    throw new ImportError('The file is not an HDF5 file, or it is damaged or cut off.');
  const { weights, saysSynthetic, ignored } = read;
  const synthetic = saysSynthetic || equal(weights, syntheticWeights(architecture));
  return { weights, synthetic, ignored };
}

/** An .h5 file in the published layout with the seeded synthetic weights, marked as such. */
export function syntheticWeightsFile(architecture: Architecture): Promise<Uint8Array> {
  const weights = syntheticWeights(architecture);
  return syntheticHdf5(
    tensorsOf(architecture).map(({ name, shape }) => ({
      path: `${publishedGroup(name)}/${name}:0`,
      shape,
      data: weights.get(name) ?? new Float32Array(),
    })),
  );
}

interface NamedDataset {
  /** Path without `model_weights/` and `:0`, in parts. */
  readonly parts: readonly string[];
  readonly dataset: Hdf5Dataset;
}

function layerTensors(datasets: readonly Hdf5Dataset[]): readonly NamedDataset[] {
  const all = datasets.map((dataset) => ({
    parts: dataset.path.replace(/:0$/, '').split('/'),
    dataset,
  }));
  // A whole model also holds its optimizer's tensors, under the same names.
  const whole = all.filter(({ parts }) => parts[0] === 'model_weights');
  return whole.length > 0 ? whole.map((each) => ({ ...each, parts: each.parts.slice(1) })) : all;
}

function valuesOf(
  spec: TensorSpec,
  named: readonly NamedDataset[],
  { size }: Architecture,
): Float32Array {
  const parts = spec.name.split('/');
  const found = named.filter((each) => endsWith(each.parts, parts));
  const [only] = found;
  if (only === undefined)
    throw new ImportError(`The file has no tensor ${spec.name}: is it PAT-${size}?`);
  if (found.length > 1)
    throw new ImportError(
      `The file has ${found.length} tensors ${spec.name}: ${found.map(({ dataset }) => dataset.path).join(', ')}.`,
    );
  const { dataset } = only;
  if (dataset.shape.join() !== spec.shape.join())
    throw new ImportError(
      `Tensor ${spec.name} is [${dataset.shape.join(', ')}]; PAT-${size} needs [${spec.shape.join(', ')}].`,
    );
  if (dataset.type.endsWith('e'))
    throw new ImportError(
      `Tensor ${spec.name} is stored as float16, which is not supported. Save the weights as float32.`,
    );
  const values = readValues(dataset);
  if (values === undefined || values.length !== elementsOf(spec))
    throw new ImportError(`Tensor ${spec.name} cannot be read as floating-point numbers.`);
  if (!values.every(Number.isFinite))
    throw new ImportError(`Tensor ${spec.name} holds numbers that are not finite: a damaged file?`);
  return values;
}

function readValues(dataset: Hdf5Dataset): Float32Array | undefined {
  try {
    return dataset.read();
  } catch {
    return undefined;
  }
}

/** A larger model has every tensor of a smaller one with the same patch: a layer too many gives it away. */
function checkNoFurtherLayer(named: readonly NamedDataset[], { size, layers }: Architecture): void {
  const further = named.find(({ parts }) =>
    parts.some((part) => Number(/^encoder_layer_(\d+)_/.exec(part)?.[1] ?? 0) > layers),
  );
  if (further !== undefined)
    throw new ImportError(
      `The file has ${further.dataset.path}; PAT-${size} has ${layers} encoder layer(s). Is it a larger size?`,
    );
}

/** PAT's positions are a formula; a model that learned them is another model, even if all other tensors fit. */
function checkNoPositions(named: readonly NamedDataset[]): void {
  const table = named.find(({ parts }) => parts.some((part) => /position/i.test(part)));
  if (table !== undefined)
    throw new ImportError(
      `The file has ${table.dataset.path}; PAT has no tensor of positions. Is it another architecture?`,
    );
}

function ignoredOf(named: readonly NamedDataset[], architecture: Architecture): readonly string[] {
  const specs = tensorsOf(architecture).map(({ name }) => name.split('/'));
  return named
    .filter(({ parts }) => !specs.some((spec) => endsWith(parts, spec)))
    .map(({ dataset }) => dataset.path);
}

function endsWith(parts: readonly string[], end: readonly string[]): boolean {
  return end.every((part, index) => parts[parts.length - end.length + index] === part);
}

function publishedGroup(name: string): string {
  const layer = /^encoder_layer_\d+/.exec(name)?.[0];
  return layer === undefined ? 'dense' : `${layer}_transformer`;
}

function equal(a: Weights, b: Weights): boolean {
  return [...b].every(([name, values]) =>
    values.every((value, index) => Object.is(value, a.get(name)?.[index])),
  );
}
