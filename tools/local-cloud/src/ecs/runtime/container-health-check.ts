import { type ProcessGuard, startGroup } from '@clarity/host';
import type { CloudClock } from '../../clock/faster-clock';
import { watchHealth } from '../../health/watch-health';
import type { ContainerHealth, HealthCheckSpec } from './task-runtime';

/** Where a health check command runs: next to the container's own process. */
export interface CheckPlace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The program and arguments of a health check; undefined if it is switched off. */
export function checkCommand(command: readonly string[]): readonly string[] | undefined {
  const [form, ...rest] = command;
  if (form === undefined || form === 'NONE') return undefined;
  if (form === 'CMD-SHELL') return ['sh', '-c', rest.join(' ')];
  return form === 'CMD' ? rest : command;
}

/** Runs a container health check over and over; undefined if there is none to run. */
export function watchContainerHealth(
  check: HealthCheckSpec | undefined,
  place: CheckPlace,
  guard: ProcessGuard,
  clock: CloudClock,
  onHealth: (health: ContainerHealth) => void,
): { stop(): void } | undefined {
  const command = check && checkCommand(check.command);
  const [program, ...args] = command ?? [];
  if (!check || program === undefined) return undefined;

  const passes = async () => {
    const child = await startGroup(program, args, { ...place, stdio: 'ignore', guard });
    const timer = setTimeout(() => child.signal('SIGKILL'), check.timeoutMs);
    try {
      return (await child.exited) === 0;
    } finally {
      clearTimeout(timer);
    }
  };
  const settings = {
    intervalMs: check.intervalMs,
    startPeriodMs: check.startPeriodMs,
    healthyThreshold: 1,
    unhealthyThreshold: check.retries,
  };
  return watchHealth(passes, settings, clock, (state) =>
    onHealth(state === 'healthy' ? 'HEALTHY' : state === 'unhealthy' ? 'UNHEALTHY' : 'UNKNOWN'),
  );
}
