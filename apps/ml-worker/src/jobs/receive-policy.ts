/**
 * When to ask the queue for jobs: a circuit breaker. While S3, DynamoDB or SQS fail, each job that is
 * received fails, and uses up one of its few deliveries; so after some failures in a row nothing is received
 * for a while, and then a single job, the trial, shows whether they work again. Jobs that are still in flight do not
 * keep it from being received: one of them may never end.
 */

/** Failures in a row that are a coincidence at most. */
const mostCoincidences = 2;
const shortestPauseMs = 1_000;
const longestPauseMs = 60_000;

export interface Breaker {
  /** Failures of what jobs depend on, since it last worked. */
  readonly failures: number;
  /** Nothing is received before. Milliseconds, on the clock of the caller. */
  readonly pausedUntil: number;
  /** Failures of what was begun before are not counted. Milliseconds. */
  readonly countedFrom: number;
}
export const noFailures: Breaker = { failures: 0, pausedUntil: 0, countedFrom: 0 };

const isFailing = ({ failures }: Breaker) => failures > mostCoincidences;

/**
 * What was begun before the end of a pause and fails adds nothing to the failure that began the pause.
 * @param worked whether the job, or the call of the queue, found what it depends on working
 * @param begunAt milliseconds; of a job, when the queue was asked for it
 */
export function afterAttempt(
  breaker: Breaker,
  worked: boolean,
  begunAt: number,
  now: number,
): Breaker {
  if (worked) return noFailures;
  if (begunAt < breaker.countedFrom) return breaker;
  const failures = breaker.failures + 1;
  const pauses = failures - mostCoincidences;
  if (pauses < 1) return { ...breaker, failures };
  const end = now + Math.min(longestPauseMs, shortestPauseMs * 2 ** (pauses - 1));
  return { failures, pausedUntil: end, countedFrom: end };
}

/**
 * While failing, a job that was received is the trial: no other job is received until it has ended, but a trial that
 * takes longer than the longest pause is no longer waited for.
 * @param askedAt milliseconds, when the queue was asked for it
 */
export function afterReceived(breaker: Breaker, askedAt: number, now: number): Breaker {
  if (!isFailing(breaker) || askedAt < breaker.countedFrom) return breaker;
  return { ...breaker, pausedUntil: now + longestPauseMs };
}

/** `wait`: until a job in flight has ended, at most `ms` milliseconds. */
export type ReceiveStep =
  | { readonly kind: 'receive'; readonly max: number }
  | { readonly kind: 'wait'; readonly ms: number };

/** SQS gives no more at once. */
const mostPerReceive = 10;

/**
 * Asks for as many as are wanted when one is missing, since a call costs the same for one and for ten: so there may be
 * nearly twice as many in flight.
 * @param wanted jobs to have in flight
 */
export function nextReceiveStep(
  breaker: Breaker,
  inFlight: number,
  wanted: number,
  now: number,
): ReceiveStep {
  if (isFailing(breaker)) {
    const ms = breaker.pausedUntil - now;
    return ms > 0 ? { kind: 'wait', ms } : { kind: 'receive', max: 1 };
  }
  return inFlight >= wanted
    ? { kind: 'wait', ms: Infinity }
    : { kind: 'receive', max: Math.min(mostPerReceive, wanted) };
}
