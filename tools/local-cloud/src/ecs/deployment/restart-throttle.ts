import type { RestartThrottle } from './state';

/** A task that served for this long before it ended does not count against its revision. */
const lastedMs = 10_000;
const firstDelayMs = 1_000;
const longestDelayMs = 60_000;
/** While a circuit breaker counts: it should trip within seconds on a developer's machine. */
const longestGuardedDelayMs = 1_000;

export const unthrottled: RestartThrottle = { streak: 0, notBefore: 0 };

/**
 * When the next task of a deployment may start after one ended by itself. The first is replaced at
 * once; from the second in a row on, the delay doubles. ECS throttles the same way, up to 27
 * minutes: shorter here.
 */
export function afterFailure(
  throttle: RestartThrottle,
  { readyAt, guarded }: { readonly readyAt: number | undefined; readonly guarded: boolean },
  now: number,
): RestartThrottle {
  const lasted = readyAt !== undefined && now - readyAt >= lastedMs;
  const streak = lasted ? 1 : throttle.streak + 1;
  const longest = guarded ? longestGuardedDelayMs : longestDelayMs;
  const delay = streak < 2 ? 0 : Math.min(firstDelayMs * 2 ** (streak - 2), longest);
  return { streak, notBefore: now + delay };
}

/** As {@link afterFailure}, for a task that found no host: trying again at once is useless. */
export function afterNoPlace(
  throttle: RestartThrottle,
  guarded: boolean,
  now: number,
): RestartThrottle {
  const { streak, notBefore } = afterFailure(throttle, { readyAt: undefined, guarded }, now);
  return { streak, notBefore: Math.max(notBefore, now + firstDelayMs) };
}
