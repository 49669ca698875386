/**
 * When to ask the queue for jobs: a circuit breaker. While S3, DynamoDB or SQS fail, each job that is
 * received fails, and uses up one of its few deliveries; so after some failures in a row nothing is received
 * for a while, and then a single job tries whether they work again.
 */

/** Failures in a row that are a coincidence at most. */
const mostCoincidences = 3;
const shortestPauseMs = 1_000;
const longestPauseMs = 60_000;

export interface Breaker {
  /** Failures of what jobs depend on, since it last worked. */
  readonly failures: number;
  /** Milliseconds, on the clock of the caller. */
  readonly pausedUntil: number;
}
export const noFailures: Breaker = { failures: 0, pausedUntil: 0 };

/**
 * Jobs that fail during a pause were in flight when it began: they tell no more than the failure that began it.
 * @param worked whether the job, or the call of the queue, found what it depends on working
 */
export function afterAttempt(breaker: Breaker, worked: boolean, now: number): Breaker {
  if (worked) return noFailures;
  if (now < breaker.pausedUntil) return breaker;
  const more = breaker.failures + 1;
  const pauses = more - mostCoincidences;
  const pause = Math.min(longestPauseMs, shortestPauseMs * 2 ** (pauses - 1));
  return { failures: more, pausedUntil: pauses < 1 ? breaker.pausedUntil : now + pause };
}

/** `rest`: until a job in flight has ended. */
export type ReceiveStep =
  | { readonly kind: 'receive'; readonly max: number }
  | { readonly kind: 'pause'; readonly ms: number }
  | { readonly kind: 'rest' };

/** SQS gives no more at once. */
const mostPerReceive = 10;

/**
 * Asks for as many as are wanted when one is missing, since a call costs the same for one and for ten: so there may be
 * nearly twice as many in flight.
 * @param wanted jobs to have in flight
 */
export function nextReceiveStep(
  { failures, pausedUntil }: Breaker,
  inFlight: number,
  wanted: number,
  now: number,
): ReceiveStep {
  if (failures < mostCoincidences)
    return inFlight >= wanted
      ? { kind: 'rest' }
      : { kind: 'receive', max: Math.min(mostPerReceive, wanted) };
  if (inFlight > 0) return { kind: 'rest' };
  return now < pausedUntil ? { kind: 'pause', ms: pausedUntil - now } : { kind: 'receive', max: 1 };
}
