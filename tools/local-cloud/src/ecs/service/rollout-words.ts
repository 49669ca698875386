import type { DeploymentState, FailureCause } from '../deployment/state';

/** `statusReason` of a service deployment, and the `reason` of its rollback. */
export const failureReasons: Readonly<Record<FailureCause, string>> = {
  'tasks-failed':
    'Service deployment rolled back because the circuit breaker threshold was exceeded.',
  alarm: 'Service deployment rolled back because of one or more active alarms.',
  stopped: 'Service deployment rolled back because a user requested it.',
};

/** As {@link failureReasons}, if nothing is rolled back. */
export const stopReasons: Readonly<Record<FailureCause, string>> = {
  'tasks-failed': 'Service deployment stopped because the circuit breaker threshold was exceeded.',
  alarm: 'Service deployment stopped because of one or more active alarms.',
  stopped: 'Service deployment stopped because a user requested it.',
};

export const noCandidate = 'No rollback candidate was found to run the rollback.';

/** The text of a service event about a failed deployment. */
export const failureEvents: Readonly<Record<FailureCause, string>> = {
  'tasks-failed': 'deployment failed: tasks failed to start.',
  alarm: 'deployment failed: alarm detected.',
  stopped: 'deployment failed: stopped by user.',
};

/** Who it is that gives up a deployment, in `rolloutStateReason`. */
const monitors: Readonly<Record<FailureCause, string>> = {
  'tasks-failed': 'ECS deployment circuit breaker',
  alarm: 'ECS deployment alarms',
  stopped: 'ECS deployment stop',
};

const faults: Readonly<Record<FailureCause, string>> = {
  'tasks-failed': 'tasks failed to start.',
  alarm: 'alarm detected.',
  stopped: 'stopped by user.',
};

/** `rolloutStateReason` of a deployment. */
export function rolloutReason({ id, rollout, cause }: DeploymentState): string {
  if (rollout === 'completed') return `ECS deployment ${id} completed.`;
  if (!cause) return `ECS deployment ${id} in progress.`;
  return rollout === 'failed'
    ? `${monitors[cause]}: ${faults[cause]}`
    : `${monitors[cause]}: rolling back to deploymentId ${id}.`;
}
