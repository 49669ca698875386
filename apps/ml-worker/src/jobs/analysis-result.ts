import { dataQuality } from '@clarity/actigraphy';
import {
  analysisResultSchema,
  parser,
  type Analysis,
  type AnalysisResult,
  type ModelManifest,
} from '@clarity/domain';
import type { WeekInput } from './analysis-input';
import { weekMetrics } from './week-metrics';

const parseResult = parser('analysis result', analysisResultSchema);

/**
 * The result document of an analysis. It names the model, its weights and its scaling, because an
 * embedding means nothing without them.
 * @throws DomainError `invalid-input` where a number came out that JSON cannot say
 */
export function analysisResult(
  analysis: Analysis,
  input: WeekInput,
  manifest: ModelManifest,
  embedding: Float32Array,
): AnalysisResult {
  const { name, size, weightsSha256, weights, scaling } = manifest;
  return parseResult({
    schema: 1,
    analysisId: analysis.id,
    from: analysis.from,
    timeZone: analysis.timeZone,
    model: { name, size, weightsSha256, weights, scaling },
    quality: dataQuality(input.counts),
    embedding: [...embedding],
    metrics: weekMetrics(input),
  });
}
