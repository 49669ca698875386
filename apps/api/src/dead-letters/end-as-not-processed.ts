import type { AnalysisName, CallOptions, HealthDataRepository } from '@clarity/domain';
import type { Clock } from '../dependencies';

/**
 * Ends an analysis that no worker will end, with a reason for its user.
 * @returns `already-ended` if something else ended it in the meantime
 */
export function endAsNotProcessed(
  { userId, id }: AnalysisName,
  healthData: Pick<HealthDataRepository, 'endAnalysis'>,
  clock: Clock,
  options?: CallOptions,
): Promise<'recorded' | 'already-ended'> {
  const detail =
    'It could not be processed, although it was tried again and again. Ask for a new analysis.';
  const outcome = {
    status: 'failed',
    endedAt: new Date(clock()).toISOString(),
    failure: { code: 'not-processed', detail },
  } as const;
  return healthData.endAnalysis(userId, id, outcome, options);
}
