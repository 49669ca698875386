/** How a series of checks turns into a health; times in milliseconds. */
export interface ProbeSettings {
  readonly intervalMs: number;
  /** Successes in a row that make an unhealthy one healthy again. */
  readonly healthyThreshold: number;
  /** Failures in a row, one an interval, that make it unhealthy. */
  readonly unhealthyThreshold: number;
  /** Failures this soon after the start do not count. */
  readonly startPeriodMs: number;
  /** How often something is tried that has not succeeded yet, if its interval is longer. */
  readonly eagerMs: number;
}

export interface ProbeState {
  readonly health: 'initial' | 'healthy' | 'unhealthy';
  readonly successes: number;
  readonly failures: number;
  /** When a failure last counted, or the checks began. */
  readonly countedAt: number;
  readonly startedAt: number;
}

export const firstProbe = (now: number): ProbeState => ({
  health: 'initial',
  successes: 0,
  failures: 0,
  countedAt: now,
  startedAt: now,
});

/**
 * Takes in the outcome of one check. The first check is due after one interval; until
 * one succeeds, the next ones come quicker, to notice that success at once (one is enough then, in ECS as
 * in ELB). Failures still count only once per interval, so that the time until `unhealthy` is as configured.
 */
export function probed(
  state: ProbeState,
  settings: ProbeSettings,
  success: boolean,
  now: number,
): ProbeState {
  if (success) {
    const successes = state.successes + 1;
    const enough = state.health === 'unhealthy' ? settings.healthyThreshold : 1;
    const health = successes >= enough ? 'healthy' : state.health;
    return { ...state, health, successes, failures: 0, countedAt: now };
  }
  const due =
    now - state.startedAt >= settings.startPeriodMs &&
    (state.health !== 'initial' || now - state.countedAt >= settings.intervalMs);
  if (!due) return { ...state, successes: 0 };
  const failures = state.failures + 1;
  const health = failures >= settings.unhealthyThreshold ? 'unhealthy' : state.health;
  return { ...state, health, successes: 0, failures, countedAt: now };
}

/** How long to wait for the next check. */
export const nextProbeIn = (state: ProbeState, settings: ProbeSettings): number =>
  state.health === 'initial'
    ? Math.min(settings.eagerMs, settings.intervalMs)
    : settings.intervalMs;
