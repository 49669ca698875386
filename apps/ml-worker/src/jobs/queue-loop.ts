import type { Job, JobQueue } from '@clarity/domain';
import type { Logger } from '@clarity/telemetry';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAttempt, nextReceiveStep, noFailures } from './receive-policy';

export interface QueueLoop {
  readonly queue: JobQueue;
  /** Does a job; never rejects. @returns whether what jobs depend on works */
  readonly handle: (job: Job) => Promise<boolean>;
  /** How many jobs to have in flight now, at least: the calls of some overlap the inference of another. */
  readonly wanted: () => number;
  readonly waitSeconds: number;
  /** Ends the loop: what was received is finished, what comes later is given back. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** Milliseconds, never back. */
  readonly now?: () => number;
}

/**
 * Receives while more jobs are wanted, until `signal` aborts. A poll under way is not cut off: SQS may have handed
 * over jobs, which would stay hidden from every other worker.
 * @returns when every job that was received is handled
 */
export async function runQueueLoop(loop: QueueLoop): Promise<void> {
  const { queue, handle, wanted, waitSeconds, signal, log, now = () => performance.now() } = loop;
  const inFlight = new Set<Promise<void>>();
  let breaker = noFailures;
  const attempted = (worked: boolean) => {
    const before = breaker;
    breaker = afterAttempt(before, worked, now());
    const { failures, pausedUntil } = breaker;
    if (pausedUntil > before.pausedUntil) log.warn({ failures }, 'receiving pauses');
  };
  const giveBack = ({ receipt }: Job) =>
    queue
      .abandon(receipt)
      .catch((error: unknown) => log.warn({ err: error }, 'job not given back'));
  while (!signal.aborted) {
    const step = nextReceiveStep(breaker, inFlight.size, wanted(), now());
    if (step.kind === 'rest') await Promise.race(inFlight);
    if (step.kind === 'pause') await delay(step.ms, undefined, { signal }).catch(() => undefined);
    if (step.kind !== 'receive') continue;
    try {
      for (const job of await queue.receive({ max: step.max, waitSeconds })) {
        const work = signal.aborted ? giveBack(job) : handle(job).then(attempted);
        const ended = work.finally(() => inFlight.delete(ended));
        inFlight.add(ended);
      }
    } catch (error) {
      log.error({ err: error }, 'jobs not received');
      attempted(false);
    }
  }
  await Promise.all(inFlight);
}
