import type { Job, JobQueue } from '@clarity/domain';
import type { Logger } from '@clarity/telemetry';
import { afterAttempt, afterReceived, nextReceiveStep, noFailures } from './receive-policy';

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
  const attempted = (worked: boolean, begunAt: number) => {
    const before = breaker;
    breaker = afterAttempt(before, worked, begunAt, now());
    const { failures, countedFrom } = breaker;
    if (countedFrom > before.countedFrom) log.warn({ failures }, 'receiving pauses');
  };
  let wake = () => {};
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = ms < Infinity ? setTimeout(resolve, ms) : undefined;
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  signal.addEventListener('abort', () => wake(), { once: true });
  const giveBack = ({ receipt }: Job) =>
    queue
      .abandon(receipt)
      .catch((error: unknown) => log.warn({ err: error }, 'job not given back'));
  while (!signal.aborted) {
    const step = nextReceiveStep(breaker, inFlight.size, wanted(), now());
    if (step.kind === 'wait') {
      await wait(step.ms);
      continue;
    }
    const askedAt = now();
    try {
      for (const job of await queue.receive({ max: step.max, waitSeconds })) {
        breaker = afterReceived(breaker, askedAt, now());
        const work = signal.aborted
          ? giveBack(job)
          : handle(job).then((worked) => attempted(worked, askedAt));
        const ended = work.finally(() => {
          inFlight.delete(ended);
          wake();
        });
        inFlight.add(ended);
      }
    } catch (error) {
      log.error({ err: error }, 'jobs not received');
      attempted(false, askedAt);
    }
  }
  await Promise.all(inFlight);
}
