import type { InferenceProvider } from '@clarity/domain';
import { inMemoryInferenceProvider } from '@clarity/domain/testing';
import { judgedInference } from '../src/inference/judged-inference';
import { probeWeek } from '../src/inference/probe-week';

/**
 * A model in memory that passes its self-test, and its judge. `provider.embed` may be made to fail.
 * @returns `judged`: what the worker sees of it
 */
export async function selfTestedModel() {
  const blank = inMemoryInferenceProvider();
  const [golden = []] = await blank.embed([probeWeek()]);
  const selfTest = { embedding: [...golden], tolerance: 1e-3 };
  const provider = { ...blank, manifest: { ...blank.manifest, selfTest } };
  const asked: InferenceProvider = {
    manifest: provider.manifest,
    embed: (weeks) => provider.embed(weeks),
  };
  return { provider, judged: judgedInference(asked) };
}
