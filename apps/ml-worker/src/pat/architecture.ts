import type { ModelManifest } from '@clarity/domain';

/**
 * The sizes of PAT, the Pretrained Actigraphy Transformer (Ruan et al., arXiv 2411.15240). What all
 * share is here too; DESIGN.md section 5 writes the layers out.
 */
export interface Architecture {
  readonly size: ModelManifest['size'];
  /** Minutes a token. */
  readonly patch: number;
  readonly layers: number;
  readonly heads: number;
}

export const architectures: Readonly<Record<ModelManifest['size'], Architecture>> = {
  S: { size: 'S', patch: 18, layers: 1, heads: 6 },
  M: { size: 'M', patch: 18, layers: 2, heads: 12 },
  L: { size: 'L', patch: 9, layers: 4, heads: 12 },
};

/** Width of a token, and of each head's queries, keys and values. */
export const embedWidth = 96;
export const feedForwardWidth = 256;
export const layerNormEpsilon = 1e-6;

/** One trainable tensor, named as in the published files but without their grouping and `:0`. */
export interface TensorSpec {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A tensor's values in C order. */
export type Weights = ReadonlyMap<string, Float32Array>;

/** Every tensor of a size, in the order of the published files; layers count from 1. */
export function tensorsOf({ patch, layers, heads }: Architecture): readonly TensorSpec[] {
  const dense = (name: string, inputs: number, outputs: number): TensorSpec[] => [
    { name: `${name}/kernel`, shape: [inputs, outputs] },
    { name: `${name}/bias`, shape: [outputs] },
  ];
  const norm = (name: string): TensorSpec[] =>
    ['gamma', 'beta'].map((part) => ({ name: `${name}/${part}`, shape: [embedWidth] }));
  const layer = (prefix: string): TensorSpec[] => [
    ...['query', 'key', 'value'].flatMap((part) => [
      { name: `${prefix}_attention/${part}/kernel`, shape: [embedWidth, heads, embedWidth] },
      { name: `${prefix}_attention/${part}/bias`, shape: [heads, embedWidth] },
    ]),
    { name: `${prefix}_attention/attention_output/kernel`, shape: [heads, embedWidth, embedWidth] },
    { name: `${prefix}_attention/attention_output/bias`, shape: [embedWidth] },
    ...norm(`${prefix}_norm1`),
    ...dense(`${prefix}_ff1`, embedWidth, feedForwardWidth),
    ...dense(`${prefix}_ff2`, feedForwardWidth, embedWidth),
    ...norm(`${prefix}_norm2`),
  ];
  return [
    ...dense('dense', patch, embedWidth),
    ...Array.from({ length: layers }, (_, index) => layer(layerName(index + 1))).flat(),
  ];
}

/** @param number from 1 */
export function layerName(number: number): string {
  return `encoder_layer_${number}`;
}

export function elementsOf({ shape }: TensorSpec): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

export function parametersOf(architecture: Architecture): number {
  return tensorsOf(architecture).reduce((sum, tensor) => sum + elementsOf(tensor), 0);
}
