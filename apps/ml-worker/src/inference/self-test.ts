import type { InferenceProvider } from '@clarity/domain';
import { probeWeek } from './probe-week';

/**
 * Embeds the probe week, as often at a time as a batch may have weeks, and compares each answer with what
 * the same weights answered at import: proves that this machine, this runtime and this provider compute
 * what was imported. It also warms the model up for those sizes.
 * @returns the largest difference of a coordinate
 * @throws Error with that difference if it is above the manifest's tolerance
 */
export async function selfTest(
  inference: InferenceProvider,
  batchSizes: readonly number[] = [1],
): Promise<number> {
  const { name, selfTest: golden } = inference.manifest;
  let furthest = 0;
  for (const size of batchSizes) {
    const embeddings = await inference.embed(Array.from({ length: size }, probeWeek));
    for (const embedding of embeddings)
      furthest = Math.max(furthest, distance(golden.embedding, embedding));
    if (!(furthest <= golden.tolerance))
      throw new Error(
        `Model ${name} failed its self-test: off by ${furthest}, tolerance ${golden.tolerance}.`,
      );
  }
  return furthest;
}

function distance(expected: readonly number[], actual: Float32Array): number {
  return expected.reduce(
    (most, value, index) => Math.max(most, Math.abs(value - (actual[index] ?? Infinity))),
    0,
  );
}
