import {
  elementsOf,
  tensorsOf,
  type Architecture,
  type TensorSpec,
  type Weights,
} from './architecture';

/**
 * Seeded random weights with the shapes and the rough magnitudes of trained ones, so that tests and
 * rehearsals need no file. They prove arithmetic; what they embed means nothing.
 *
 * u of mulberry32, seeded by the 32-bit FNV-1a of `PAT-<size>/<tensor name>`; v = 2u - 1;
 * gamma = 1 + v/4; bias and beta = v/8; kernel = g √(3 / fan_in) v, g = 2.5 for query and key, else 1.
 */
export function syntheticWeights(architecture: Architecture): Weights {
  return new Map(
    tensorsOf(architecture).map((tensor) => [
      tensor.name,
      syntheticTensor(tensor, `PAT-${architecture.size}/${tensor.name}`),
    ]),
  );
}

function syntheticTensor(tensor: TensorSpec, seed: string): Float32Array {
  const uniform = mulberry32(fnv1a(seed));
  const value = distributionOf(tensor);
  return Float32Array.from({ length: elementsOf(tensor) }, () => value(2 * uniform() - 1));
}

function distributionOf({ name, shape }: TensorSpec): (v: number) => number {
  const [part, layer] = name.split('/').toReversed();
  if (part === 'gamma') return (v) => 1 + 0.25 * v;
  if (part !== 'kernel') return (v) => 0.125 * v;
  const [first = 1, second = 1] = shape;
  const fanIn = layer === 'attention_output' ? first * second : first;
  const gain = layer === 'query' || layer === 'key' ? 2.5 : 1;
  const scale = gain * Math.sqrt(3 / fanIn);
  return (v) => scale * v;
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** @returns the next number in [0, 1) at each call */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
