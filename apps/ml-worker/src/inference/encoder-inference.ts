import { DomainError, type InferenceProvider, type ModelManifest } from '@clarity/domain';
import type { EncoderSession } from './onnx-session';
import { scaleWeek } from './scale-week';

/**
 * An InferenceProvider on one loaded graph. Weeks run one by one and calls wait for each other: on a CPU
 * one run uses every core, and batching does not pay there.
 */
export function encoderInference(
  manifest: ModelManifest,
  encoder: EncoderSession,
): InferenceProvider {
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = (week: Float32Array): Promise<Float32Array> => {
    const run = queue.then(() => encoder.run(week));
    queue = run.catch(() => undefined);
    return run;
  };
  return {
    manifest,
    async embed(weeks) {
      const inputs = weeks.map((week) => scaleWeek(week, manifest.scaling));
      const embeddings = await Promise.all(inputs.map(inTurn));
      if (!embeddings.every((embedding) => embedding.every(Number.isFinite)))
        throw new DomainError('invalid-input', 'The counts are too large for the model.');
      return embeddings;
    },
  };
}
