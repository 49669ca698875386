import { tallyOf } from './tally';
import { afterFailure, afterNoPlace } from './restart-throttle';
import type { Command, DeploymentState, ServiceState, Step, TaskState } from './state';

/** After that many in a row ECS reports that it is "unable to consistently start tasks". */
const impairedAfter = 3;

/**
 * A task ended that should not have: it did not start, it ended by itself, or a health check
 * failed. While its deployment is in progress, the circuit breaker counts it.
 */
export function failedTask(state: ServiceState, task: TaskState, now: number): Step {
  return failed(state, task.deploymentId, now, (deployment, guarded) =>
    afterFailure(deployment.restart, { readyAt: task.readyAt, guarded }, now),
  );
}

/** A task of the primary deployment that no host has room for counts like one that failed. */
export function unplacedTask(state: ServiceState, now: number): Step {
  const { state: after, commands } = failed(
    state,
    state.deployments[0]?.id ?? '',
    now,
    (deployment, guarded) => afterNoPlace(deployment.restart, guarded, now),
  );
  return { state: after, commands: [{ kind: 'cannot-place' }, ...commands] };
}

function failed(
  state: ServiceState,
  deploymentId: string,
  now: number,
  throttle: (deployment: DeploymentState, guarded: boolean) => DeploymentState['restart'],
): Step {
  const commands: Command[] = [];
  const deployments = state.deployments.map((deployment) => {
    if (deployment.id !== deploymentId) return deployment;
    const counts = deployment.rollout === 'in-progress';
    const guarded = counts && state.safeguards.breaker !== undefined;
    const restart = throttle(deployment, guarded);
    if (restart.streak === impairedAfter) commands.push({ kind: 'start-impaired' });
    const failedTasks = deployment.failedTasks + (counts ? 1 : 0);
    return { ...deployment, failedTasks, restart, updatedAt: now };
  });
  return { state: { ...state, deployments, steady: false }, commands };
}

/**
 * A task serves: the deployment makes progress where more serve than ever before, and the failures
 * up to here are forgiven. ECS forgives at every task that gets healthy; a revision whose tasks get
 * healthy and crash in turns would then be rolled out forever.
 */
export function servingTask(state: ServiceState, task: TaskState): ServiceState {
  const [primary, ...older] = state.deployments;
  if (primary?.id !== task.deploymentId || primary.rollout !== 'in-progress') return state;
  const { ownReady } = tallyOf(state);
  if (ownReady <= primary.mostReady) return state;
  const forgives = state.safeguards.breaker?.resetOnHealthyTask ?? true;
  const failedTasks = forgives ? 0 : primary.failedTasks;
  return { ...state, deployments: [{ ...primary, mostReady: ownReady, failedTasks }, ...older] };
}
