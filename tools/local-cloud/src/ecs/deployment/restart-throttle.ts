import type { RestartThrottle } from './state';

/** A task that served for this long before it ended is no sign of a broken revision. */
const lastedMs = 10_000;
const firstDelayMs = 1_000;
const longestDelayMs = 60_000;

export const unthrottled: RestartThrottle = { streak: 0, notBefore: 0 };

/**
 * When the next task of a deployment may start after one ended unasked. The first is replaced at
 * once; from the second in a row on, the delay doubles. ECS throttles the same way, up to 27
 * minutes: shorter here, as nobody waits that long for a laptop.
 */
export function afterFailure(
  throttle: RestartThrottle,
  readyAt: number | undefined,
  now: number,
): RestartThrottle {
  const lasted = readyAt !== undefined && now - readyAt >= lastedMs;
  const streak = lasted ? 1 : throttle.streak + 1;
  const delay = streak < 2 ? 0 : Math.min(firstDelayMs * 2 ** (streak - 2), longestDelayMs);
  return { streak, notBefore: now + delay };
}
