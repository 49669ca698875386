import { dataQuality, nonWearWindows, withoutWindows } from '@clarity/actigraphy';
import type { AnalysisResult, InferenceProvider } from '@clarity/domain';
import { ownTurn } from './own-turn';
import { plausibilityHints } from './plausibility-hints';
import type { WeekInput } from './week-input';
import { weekMetrics } from './week-metrics';

/** All findings of a week's counts, the same for every caller. */
export type WeekFindings = Pick<
  AnalysisResult,
  'model' | 'quality' | 'hints' | 'embedding' | 'metrics'
>;

/**
 * Embeds a week and computes its metrics, those of the minutes in which the device was worn. They name the model, its weights and its scaling, because an
 * embedding means nothing without them.
 * @throws ValidationError if the model cannot take these counts; the errors of the model
 */
export async function weekFindings(
  week: WeekInput,
  inference: InferenceProvider,
): Promise<WeekFindings> {
  const [embedding = new Float32Array()] = await inference.embed([week.counts]);
  await ownTurn();
  const { name, size, weightsSha256, weights, scaling } = inference.manifest;
  const nonWear = nonWearWindows(week.counts);
  const unworn = nonWear.reduce((minutes, { start, end }) => minutes + end - start, 0);
  const measured = dataQuality(week.counts);
  const metrics = weekMetrics({ ...week, counts: withoutWindows(week.counts, nonWear) });
  return {
    model: { name, size, weightsSha256, weights, scaling },
    quality: { ...measured, nonWearMinutes: unworn, nonWearShare: unworn / measured.minutes },
    hints: plausibilityHints(
      metrics.sleep?.coleKripkeWebsterMinutes,
      measured.minutes - measured.missingMinutes - unworn,
    ),
    embedding: [...embedding],
    metrics,
  };
}
