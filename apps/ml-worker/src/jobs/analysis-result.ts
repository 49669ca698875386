import { analysisResultSchema, type Analysis, type AnalysisResult } from '@clarity/domain';
import { parser } from '@clarity/schema';
import type { WeekFindings } from '../weeks/week-findings';

const parseResult = parser('analysis result', analysisResultSchema);

/**
 * The result document of an analysis.
 * @throws ValidationError if a number came out that JSON cannot hold
 */
export function analysisResult(analysis: Analysis, findings: WeekFindings): AnalysisResult {
  return parseResult({
    schema: 1,
    analysisId: analysis.id,
    from: analysis.from,
    timeZone: analysis.timeZone,
    ...findings,
  });
}
