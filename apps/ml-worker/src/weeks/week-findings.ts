import { dataQuality } from '@clarity/actigraphy';
import type { AnalysisResult, InferenceProvider } from '@clarity/domain';
import type { WeekInput } from './week-input';
import { weekMetrics } from './week-metrics';

/** All findings of a week's counts, the same for every caller. */
export type WeekFindings = Pick<AnalysisResult, 'model' | 'quality' | 'embedding' | 'metrics'>;

/**
 * Embeds a week and computes its metrics. They name the model, its weights and its scaling, because an
 * embedding means nothing without them.
 * @throws ValidationError if the model cannot take these counts; the errors of the model
 */
export async function weekFindings(
  week: WeekInput,
  inference: InferenceProvider,
): Promise<WeekFindings> {
  const [embedding = new Float32Array()] = await inference.embed([week.counts]);
  const { name, size, weightsSha256, weights, scaling } = inference.manifest;
  return {
    model: { name, size, weightsSha256, weights, scaling },
    quality: dataQuality(week.counts),
    embedding: [...embedding],
    metrics: weekMetrics(week),
  };
}
