import type { TargetRegistration } from '../../load-balancer/target-table';
import type { TaskAssignment } from './supervise-task';
import type { TaskRecord } from './task-record';

export interface TaskHealth {
  /** The task's healthStatus: what its essential containers' health checks say. */
  readonly shown: 'UNKNOWN' | 'HEALTHY' | 'UNHEALTHY';
  /** Every health check it has passes, or it has none. */
  readonly ready: boolean;
  /** Why its service has to replace it. */
  readonly failure: string | undefined;
}

/** Puts the verdicts of a task's containers and targets together. */
export function taskHealth(
  record: TaskRecord,
  registrations: readonly TargetRegistration[],
  { loadBalancers }: TaskAssignment,
): TaskHealth {
  const checked = (record.definition?.containerDefinitions ?? [])
    .filter(({ healthCheck }) => healthCheck && healthCheck.command?.[0] !== 'NONE')
    .map(({ name }) => record.containers.find((each) => each.name === name))
    .filter((container) => container?.essential && !container.running?.skipped)
    .map((container) => container?.health ?? 'UNKNOWN');
  const shown = checked.includes('UNHEALTHY')
    ? 'UNHEALTHY'
    : checked.length > 0 && checked.every((health) => health === 'HEALTHY')
      ? 'HEALTHY'
      : 'UNKNOWN';

  const targets = registrations.map(({ target }) => target);
  const failing = targets.find((target) => target.state === 'unhealthy');
  const failure =
    shown === 'UNHEALTHY'
      ? 'failed container health checks'
      : failing && `failed ELB health checks in (target-group ${failing.targetGroupArn})`;
  const ready =
    (checked.length === 0 || shown === 'HEALTHY') &&
    targets.length === loadBalancers.filter((each) => each.targetGroupArn).length &&
    targets.every((target) => target.state === 'healthy');
  return { shown, ready, failure };
}
