import type { Target, TargetRegistration } from '../../balancer/targets/target-table';
import type { LoadBalancer } from '@aws-sdk/client-ecs';
import type { TaskRecord } from './task-record';

export interface TaskHealth {
  /** The task's healthStatus: what its essential containers' health checks say. */
  readonly shown: 'UNKNOWN' | 'HEALTHY' | 'UNHEALTHY';
  /** Every health check it has passes, or it has none. */
  readonly ready: boolean;
  /** It has no health check: that it goes on running is all there is to go by. */
  readonly unchecked: boolean;
  /** Why its service has to replace it. */
  readonly failure: HealthFailure | undefined;
}

export interface HealthFailure {
  /** Completes `Task …` in the task's stoppedReason. */
  readonly detail: string;
  /** Completes `(task …) …` in the service's events. */
  readonly event: string;
}

const failedContainer: HealthFailure = {
  detail: 'failed container health checks',
  event: 'failed container health checks',
};

const failedTarget = (
  { targetGroupArn: arn, lastFailure }: Target,
  port: number | undefined,
): HealthFailure => ({
  detail: `failed ELB health checks in (target-group ${arn})`,
  event: `(port ${port ?? 0}) is unhealthy in (target-group ${arn}) due to (reason ${lastFailure?.description ?? 'Health checks failed'})`,
});

/** Puts the verdicts of a task's containers and targets together. */
export function taskHealth(
  record: TaskRecord,
  registrations: readonly TargetRegistration[],
  loadBalancers: readonly LoadBalancer[],
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

  const portIn = (arn: string) =>
    loadBalancers.find((each) => each.targetGroupArn === arn)?.containerPort;
  const targets = registrations.map(({ target }) => target);
  const failing = targets.find((target) => target.state === 'unhealthy');
  const failure =
    shown === 'UNHEALTHY'
      ? failedContainer
      : failing && failedTarget(failing, portIn(failing.targetGroupArn));
  const ready =
    (checked.length === 0 || shown === 'HEALTHY') &&
    targets.length === loadBalancers.filter((each) => each.targetGroupArn).length &&
    targets.every((target) => target.state === 'healthy');
  return { shown, ready, unchecked: checked.length === 0 && targets.length === 0, failure };
}
