import type { CallOptions, HealthDataRepository } from '@clarity/domain';
import type { Logger } from '@clarity/telemetry';
import type { Clock } from '../dependencies';
import { endAsNotProcessed } from './end-as-not-processed';

/** A day: a job that is redriven as often as possible lives about three hours, and a long queue some more. */
const longestQueuedMs = 24 * 60 * 60_000;
const perPage = 25;

/**
 * Ends the analyses that nothing else will end, because their message is lost. Several may sweep at once: an
 * analysis ends once.
 * @returns how many it ended
 */
export async function sweepAnalyses(
  healthData: Pick<HealthDataRepository, 'findQueued' | 'endAnalysis'>,
  clock: Clock,
  log: Logger,
  options?: CallOptions,
): Promise<number> {
  const before = new Date(clock() - longestQueuedMs).toISOString();
  let ended = 0;
  for (;;) {
    const stale = await healthData.findQueued(before, perPage, options);
    let endedOfPage = 0;
    for (const name of stale) {
      if ((await endAsNotProcessed(name, healthData, clock, options)) !== 'recorded') continue;
      endedOfPage++;
      log.error({ analysisId: name.id }, 'analysis swept: it was queued for a day');
    }
    ended += endedOfPage;
    // An index that lags still has those that were ended: the next sweep goes on.
    if (stale.length < perPage || endedOfPage === 0) return ended;
  }
}
