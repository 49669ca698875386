import { countJob } from '../observed/count-outcomes';
import { DomainError, type CloudProvider, type Job } from '@clarity/domain';
import type { Logger } from '@clarity/telemetry';
import { SickModel } from '../inference/judged-inference';
import { keepHidden } from './heartbeat';
import { withinDeadline } from './job-deadline';
import { postponementSeconds, settlementOf, type JobVerdict } from './job-verdict';
import { processJob, type JobContext } from './process-job';

export interface JobHandling extends JobContext {
  readonly cloud: Pick<CloudProvider, 'healthData' | 'objects' | 'analysisJobs'>;
  readonly visibilitySeconds: number;
  /** Milliseconds after which a job is given up; it comes again as after an outage. */
  readonly deadlineMs: number;
  readonly log: Logger;
}

/**
 * A job from delivery to settlement. Never rejects: what goes wrong is logged and left to redelivery.
 * Logs name ids only, never counts or results.
 * @returns whether what every job needs works
 */
export async function handleJob(job: Job, handling: JobHandling): Promise<boolean> {
  const { cloud, visibilitySeconds, deadlineMs } = handling;
  const { messageId, deliveries, receipt } = job;
  const log = handling.log.child({ messageId, deliveries, ...namesIn(job.body) });
  const startedAt = performance.now();
  const stop = keepHidden(cloud.analysisJobs, receipt, visibilitySeconds, (error) =>
    log.warn({ err: error }, 'visibility not extended'),
  );
  try {
    const verdict = await withinDeadline(deadlineMs, (signal) =>
      processJob(job, handling, { signal }),
    ).catch((error: unknown): JobVerdict => {
      log.error({ err: error }, 'job failed');
      const kind = error instanceof SickModel ? 'given-back' : 'outage';
      return { kind, reason: reasonOf(error) };
    });
    await stop();
    const settlement = await settle(job, verdict, cloud.analysisJobs);
    const ms = Math.round(performance.now() - startedAt);
    log[verdict.kind === 'done' ? 'info' : 'warn']({ ...verdict, settlement, ms }, 'job handled');
    countJob(verdict);
    return verdict.kind !== 'outage';
  } catch (error) {
    log.error({ err: error }, 'job not settled; it comes again');
    return false;
  }
}

/** @returns what happened to the job: `lost` if another worker has it, which is then the one to settle it */
async function settle(
  { receipt, deliveries }: Job,
  verdict: JobVerdict,
  queue: CloudProvider['analysisJobs'],
): Promise<ReturnType<typeof settlementOf> | 'lost'> {
  const settlement = settlementOf(verdict);
  try {
    if (settlement === 'complete') await queue.complete(receipt);
    if (settlement === 'abandon') await queue.abandon(receipt);
    if (settlement === 'postpone') await queue.extend(receipt, postponementSeconds(deliveries));
    return settlement;
  } catch (error) {
    if (error instanceof DomainError && error.kind === 'conflict') return 'lost';
    throw error;
  }
}

/** Ids for the log, if the body has any: it may be anything at all. */
function namesIn(body: string): { analysisId?: string; trace?: string } {
  try {
    const { analysisId, trace } = JSON.parse(body) as Record<string, unknown>;
    return {
      ...(typeof analysisId === 'string' && { analysisId: analysisId.slice(0, 64) }),
      ...(typeof trace === 'string' && { trace: trace.slice(0, 64) }),
    };
  } catch {
    return {};
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
