import { minutesPerWeek, type InferenceProvider, type ModelManifest } from '@clarity/domain';
import { ValidationError } from '@clarity/schema';
import { measureRun } from '../observed/measure-runs';
import { embedWidth } from '../pat/architecture';
import { batchPolicies, bucketFor, type BatchPolicy } from './batch-policy';
import { dynamicBatcher } from './dynamic-batcher';
import type { EncoderSession } from './onnx-session';
import { scaleWeek } from './scale-week';

/** The answer is not of finite numbers: the counts are too large, or the model computes nonsense. */
export class OverflowingWeek extends ValidationError {
  constructor() {
    super('The counts are too large for the model.');
  }
}

/**
 * An InferenceProvider on one loaded graph. Weeks of all its callers are put together as the policy says;
 * a week that fails does so alone.
 */
export function encoderInference(
  manifest: ModelManifest,
  encoder: Pick<EncoderSession, 'run'>,
  policy: BatchPolicy = batchPolicies.cpu,
): InferenceProvider {
  const embedOne = dynamicBatcher(
    (weeks: readonly Float32Array[]) =>
      measureRun(weeks.length, () => runBatch(weeks, encoder, policy)),
    policy,
  );
  return {
    manifest,
    async embed(weeks) {
      const inputs = weeks.map((week) => scaleWeek(week, manifest.scaling));
      const embeddings = await Promise.all(inputs.map(embedOne));
      if (!embeddings.every((embedding) => embedding.every(Number.isFinite)))
        throw new OverflowingWeek();
      return embeddings;
    },
  };
}

/** Fills up with weeks of zeros to the next bucket; what they answer is dropped. */
async function runBatch(
  weeks: readonly Float32Array[],
  encoder: Pick<EncoderSession, 'run'>,
  policy: BatchPolicy,
): Promise<readonly Float32Array[]> {
  const bucket = new Float32Array(bucketFor(weeks.length, policy) * minutesPerWeek);
  weeks.forEach((week, index) => bucket.set(week, index * minutesPerWeek));
  const embeddings = await encoder.run(bucket);
  return weeks.map((_, index) => embeddings.slice(index * embedWidth, (index + 1) * embedWidth));
}
