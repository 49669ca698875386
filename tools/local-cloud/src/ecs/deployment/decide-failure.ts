import { newDeployment } from './apply-event';
import { failuresToTrip } from './safeguards';
import {
  withoutCommands,
  type DeploymentFailed,
  type DeploymentState,
  type FailureCause,
} from './state';
import type { ServiceState, Step } from './state';
import type { CurrentRollout } from './current-rollout';

/**
 * Whether what is underway has failed, and what follows: a rollback to the deployment that completed
 * last, or that nothing of the failed one starts any more. A rollback that fails is not rolled back.
 */
export function decideFailure(state: ServiceState, now: number): Step {
  const { currentRollout, deployments } = state;
  const [primary, ...older] = deployments;
  if (!currentRollout || !primary || state.draining) return withoutCommands(state);
  const tripped = isTripped(state, primary);
  if (currentRollout.phase === 'rolling-back') {
    if (!tripped) return withoutCommands(state);
    const { deploymentId } = currentRollout;
    return {
      state: {
        ...state,
        deployments: [failed(primary, 'tasks-failed', now), ...older],
        currentRollout: undefined,
      },
      commands: [{ kind: 'rollback-failed', deploymentId, to: primary.id }],
    };
  }
  const cause = causeOf(currentRollout, tripped, now);
  return cause ? fail(state, primary, currentRollout, cause, now) : withoutCommands(state);
}

function isTripped({ safeguards, desiredCount }: ServiceState, primary: DeploymentState): boolean {
  const { breaker } = safeguards;
  return (
    breaker !== undefined &&
    primary.rollout === 'in-progress' &&
    primary.failedTasks >= failuresToTrip(breaker.threshold, desiredCount)
  );
}

function causeOf(
  currentRollout: CurrentRollout,
  tripped: boolean,
  now: number,
): FailureCause | undefined {
  const { stopsAt } = currentRollout;
  if (stopsAt !== undefined) return now >= stopsAt ? 'stopped' : undefined;
  if (tripped) return 'tasks-failed';
  return currentRollout.alarms?.triggered.length ? 'alarm' : undefined;
}

function fail(
  state: ServiceState,
  primary: DeploymentState,
  currentRollout: CurrentRollout,
  cause: FailureCause,
  now: number,
): Step {
  const { lastCompleted, deployments } = state;
  const older = deployments.slice(1);
  const stopped = failed(primary, cause, now);
  const command = {
    kind: 'deployment-failed',
    deploymentId: primary.id,
    cause,
    failedTasks: primary.failedTasks,
    alarms: currentRollout.alarms?.triggered ?? [],
  } as const satisfies Omit<DeploymentFailed, 'rollback'>;
  if (!lastCompleted || !wantsRollback(state, cause)) {
    const kind = wantsRollback(state, cause) ? 'no-candidate' : 'none';
    return {
      state: {
        ...state,
        deployments: [stopped, ...older],
        currentRollout: undefined,
        steady: false,
      },
      commands: [{ ...command, rollback: { kind } }],
    };
  }
  // The old deployment itself comes back: its tasks that still serve need not be replaced.
  const restored = { ...newDeployment(lastCompleted.id, lastCompleted.revision, now), cause };
  return {
    state: {
      ...state,
      deployments: [restored, stopped, ...older.filter(({ id }) => id !== restored.id)],
      currentRollout: {
        ...currentRollout,
        phase: 'rolling-back',
        stopsAt: undefined,
        bakingSince: undefined,
      },
      steady: false,
    },
    commands: [{ ...command, rollback: { kind: 'to', deployment: lastCompleted } }],
  };
}

function wantsRollback(
  { safeguards: { breaker, alarms } }: ServiceState,
  cause: FailureCause,
): boolean {
  switch (cause) {
    case 'stopped':
      return true;
    case 'tasks-failed':
      return breaker?.rollback ?? false;
    case 'alarm':
      return alarms?.rollback ?? false;
  }
}

const failed = (
  deployment: DeploymentState,
  cause: FailureCause,
  now: number,
): DeploymentState => ({ ...deployment, rollout: 'failed', cause, updatedAt: now });
