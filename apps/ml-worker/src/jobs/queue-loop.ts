import type { Job, JobQueue } from '@clarity/domain';
import type { Logger } from '@clarity/telemetry';
import { setTimeout as delay } from 'node:timers/promises';

const mostPerReceive = 10;
const shortestPauseMs = 1_000;
const longestPauseMs = 30_000;

export interface QueueLoop {
  readonly queue: JobQueue;
  /** Does a job; never rejects. */
  readonly handle: (job: Job) => Promise<void>;
  /** Jobs at a time: the reads of some overlap the inference of another. */
  readonly room: number;
  readonly waitSeconds: number;
  /** Ends the loop: nothing more is received, what was received is finished. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** Milliseconds to wait after the n-th failed receive in a row. */
  readonly pauseMs?: (failures: number) => number;
}

/**
 * Receives while there is room, until `signal` aborts.
 * @returns when every job that was received is handled
 */
export async function runQueueLoop(loop: QueueLoop): Promise<void> {
  const { queue, handle, room, waitSeconds, signal, log, pauseMs = backoff } = loop;
  const inFlight = new Set<Promise<void>>();
  let failures = 0;
  while (!signal.aborted) {
    if (inFlight.size >= room) {
      await Promise.race(inFlight);
      continue;
    }
    try {
      const max = Math.min(mostPerReceive, room - inFlight.size);
      for (const job of await queue.receive({ max, waitSeconds, signal })) {
        const work = handle(job).finally(() => inFlight.delete(work));
        inFlight.add(work);
      }
      failures = 0;
    } catch (error) {
      failures++;
      log.error({ err: error, failures }, 'jobs not received');
      await delay(pauseMs(failures), undefined, { signal }).catch(() => undefined);
    }
  }
  await Promise.all(inFlight);
}

function backoff(failures: number): number {
  return Math.min(longestPauseMs, shortestPauseMs * 2 ** (failures - 1));
}
