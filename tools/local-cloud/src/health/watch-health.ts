import { realTime, withRealMinimum, type CloudClock } from '../clock/faster-clock';
import {
  firstProbe,
  nextProbeIn,
  probed,
  type ProbeSettings,
  type ProbeState,
} from './probe-state';

/** A health check as it is configured; times in milliseconds. */
export type HealthCheckSettings = Omit<ProbeSettings, 'eagerMs'>;

/** How long a process may take to start, in real time, unless its health check allows less. */
export const startsWithinMs = 10_000;
/**
 * Each check of a container starts a process, which costs a tenth of a second of a core; and a program that
 * crashes early needs this much real time to do so before it is called healthy.
 */
const shortestIntervalMs = 2_000;
/** How often a process is tried that has not answered yet, however long its interval is. */
const eagerMs = 500;

/**
 * Checks again and again, an interval after the start for the first time, until it is stopped; `onChange` gets each
 * change of the health.
 */
export function watchHealth(
  check: () => Promise<boolean>,
  configured: HealthCheckSettings,
  clock: CloudClock,
  onChange: (health: ProbeState['health']) => void,
): { stop(): void } {
  const settings = probeSettings(configured, clock);
  let state = firstProbe(clock.now());
  let stopped = false;

  const probe = async () => {
    const success = await check().catch(() => false);
    if (stopped) return;
    const before = state.health;
    state = probed(state, settings, success, clock.now());
    cancel = clock.after(nextProbeIn(state, settings), () => void probe());
    if (state.health !== before) onChange(state.health);
  };
  let cancel = clock.after(settings.intervalMs, () => void probe());
  return {
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}

/** A process starts and answers in real time, however fast the clock is. */
function probeSettings(
  { intervalMs, startPeriodMs, healthyThreshold, unhealthyThreshold }: HealthCheckSettings,
  clock: CloudClock,
): ProbeSettings {
  const interval = withRealMinimum(clock, intervalMs, shortestIntervalMs);
  const failures = unhealthyThreshold - 1;
  const untilUnhealthy = Math.max(startPeriodMs, intervalMs) + intervalMs * failures;
  const patience = withRealMinimum(clock, untilUnhealthy, startsWithinMs);
  return {
    intervalMs: interval,
    startPeriodMs: Math.max(startPeriodMs, patience - interval * failures),
    healthyThreshold,
    unhealthyThreshold,
    eagerMs: realTime(clock, eagerMs),
  };
}
