import { setTimeout as delay } from 'node:timers/promises';
import { handleDeadLetter, type DeadLetterContext } from './handle-dead-letter';
import { sweepAnalyses } from './sweep-analyses';

/** SQS's longest poll, and the most that it gives at once. */
const poll = { max: 10, waitSeconds: 20 };
const pauseAfterFailureMs = 30_000;
const msBetweenSweeps = 60 * 60_000;

/**
 * Ends what the workers could not, in the background of the service that always runs: workers scale to 0.
 * Never rejects.
 * @param signal ends it; what it has begun is finished
 */
export async function tendDeadLetters(
  context: DeadLetterContext,
  signal: AbortSignal,
): Promise<void> {
  const { cloud, clock, log } = context;
  let sweptAt = -Infinity;
  while (!signal.aborted) {
    try {
      for (const job of await cloud.deadLetters.receive({ ...poll, signal }))
        await handleDeadLetter(job, context).catch((error: unknown) =>
          log.error({ err: error, messageId: job.messageId }, 'dead letter not handled'),
        );
      if (clock() - sweptAt < msBetweenSweeps) continue;
      await sweepAnalyses(cloud.healthData, clock, log, { signal });
      sweptAt = clock();
    } catch (error) {
      log.error({ err: error }, 'dead letters not read');
      await delay(pauseAfterFailureMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
