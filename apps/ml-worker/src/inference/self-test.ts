import type { InferenceProvider } from '@clarity/domain';
import { probeWeek } from './probe-week';

/**
 * Embeds the probe week, as often at a time as a batch may have weeks, and compares each answer with what
 * the same weights answered at import: proves that this machine, this runtime and this provider compute
 * what was imported. It also warms the model up for those sizes.
 * @throws Error that says how far off it is
 */
export async function selfTest(
  inference: InferenceProvider,
  batchSizes: readonly number[] = [1],
): Promise<void> {
  const { name, selfTest: golden } = inference.manifest;
  for (const size of batchSizes) {
    const furthest = await selfTestError(inference, size);
    if (!(furthest <= golden.tolerance))
      throw new Error(
        `Model ${name} failed its self-test: off by ${furthest}, tolerance ${golden.tolerance}.`,
      );
  }
}

/** @returns the largest difference between a coordinate of the probe week's embedding and that at import */
export async function selfTestError(inference: InferenceProvider, batchSize = 1): Promise<number> {
  const golden = inference.manifest.selfTest.embedding;
  const embeddings = await inference.embed(Array.from({ length: batchSize }, probeWeek));
  return Math.max(...embeddings.map((embedding) => distance(golden, embedding)));
}

function distance(expected: readonly number[], actual: Float32Array): number {
  return expected.reduce(
    (most, value, index) => Math.max(most, Math.abs(value - (actual[index] ?? Infinity))),
    0,
  );
}
