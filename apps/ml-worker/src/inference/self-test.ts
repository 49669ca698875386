import type { InferenceProvider } from '@clarity/domain';
import { probeWeek } from './probe-week';

/**
 * Embeds the probe week and compares it with what the same weights answered at import: proves that this
 * machine, this runtime and this provider compute what was imported. It also warms the model up.
 * @throws Error that says how far off it is
 */
export async function selfTest(inference: InferenceProvider): Promise<void> {
  const { name, selfTest: golden } = inference.manifest;
  const [embedding = new Float32Array()] = await inference.embed([probeWeek()]);
  const furthest = golden.embedding.reduce(
    (most, expected, index) => Math.max(most, Math.abs(expected - (embedding[index] ?? Infinity))),
    0,
  );
  if (!(furthest <= golden.tolerance))
    throw new Error(
      `Model ${name} failed its self-test: off by ${furthest}, tolerance ${golden.tolerance}.`,
    );
}
