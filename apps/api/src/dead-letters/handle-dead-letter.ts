import { readAnalysisRequest, type CloudProvider, type Job } from '@clarity/domain';
import type { Logger } from '@clarity/telemetry';
import type { Clock } from '../dependencies';
import { judgeDeadLetter } from './dead-letter-verdict';
import { endAsNotProcessed } from './end-as-not-processed';

export interface DeadLetterContext {
  readonly cloud: Pick<CloudProvider, 'healthData' | 'analysisJobs' | 'deadLetters'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A message that is kept is looked at again after so long. */
const keepSeconds = 900;

/**
 * A dead letter from delivery to its end. Each step may be repeated: a job that is sent twice ends its
 * analysis once. A letter that cannot be read is dropped after its id was logged: no release can do it, and
 * one that stayed would hide the next behind the same alarm. Its analysis, if it has one, is swept.
 * @throws what may work at the next delivery
 */
export async function handleDeadLetter(job: Job, context: DeadLetterContext): Promise<void> {
  const { cloud, clock, log } = context;
  const reading = readAnalysisRequest(job.body);
  const stored =
    reading.kind === 'request'
      ? await cloud.healthData.findAnalysis(reading.userId, reading.analysisId)
      : undefined;
  const verdict = judgeDeadLetter(reading, stored);
  if (verdict.kind === 'redrive')
    await cloud.analysisJobs.enqueue(verdict.body, { delaySeconds: verdict.delaySeconds });
  if (verdict.kind === 'end' && stored !== undefined)
    await endAsNotProcessed(stored, cloud.healthData, clock);
  if (verdict.kind === 'keep') await cloud.deadLetters.extend(job.receipt, keepSeconds);
  else await cloud.deadLetters.complete(job.receipt);

  const { kind } = verdict;
  const reason = 'reason' in verdict ? { reason: verdict.reason } : {};
  const line = { messageId: job.messageId, analysisId: stored?.id, dead: kind, ...reason };
  const isOurs = stored === undefined || kind === 'end';
  log[isOurs ? 'error' : 'warn'](line, 'dead letter handled');
}
