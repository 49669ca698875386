import { newDeployment } from './apply-event';
import { failuresToTrip } from './safeguards';
import { quiet, type DeploymentFailed, type DeploymentState, type FailureCause } from './state';
import type { ServiceState, Step } from './state';
import { requestDue, type Underway } from './current-rollout';

/**
 * Whether what is underway has failed, and what follows: a rollback to the deployment that completed
 * last, or that nothing of the failed one starts any more. A rollback that fails is not rolled back.
 */
export function judgeFailure(state: ServiceState, now: number): Step {
  const { underway, deployments } = state;
  const [primary, ...older] = deployments;
  if (!underway || !primary || state.draining) return quiet(state);
  const tripped = isTripped(state, primary);
  if (underway.phase === 'rolling-back') {
    if (!tripped) return quiet(state);
    const { deploymentId } = underway;
    return {
      state: {
        ...state,
        deployments: [failed(primary, 'tasks-failed', now), ...older],
        underway: undefined,
      },
      commands: [{ kind: 'rollback-failed', deploymentId, to: primary.id }],
    };
  }
  const cause = causeOf(underway, tripped, now);
  return cause ? fail(state, primary, underway, cause, now) : quiet(state);
}

function isTripped({ safeguards, desiredCount }: ServiceState, primary: DeploymentState): boolean {
  const { breaker } = safeguards;
  return (
    breaker !== undefined &&
    primary.rollout === 'in-progress' &&
    primary.failedTasks >= failuresToTrip(breaker.threshold, desiredCount)
  );
}

function causeOf(underway: Underway, tripped: boolean, now: number): FailureCause | undefined {
  const due = requestDue(underway);
  if (due !== undefined) return now >= due ? 'stopped' : undefined;
  if (tripped) return 'tasks-failed';
  return underway.alarms?.triggered.length ? 'alarm' : undefined;
}

function fail(
  state: ServiceState,
  primary: DeploymentState,
  underway: Underway,
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
    alarms: underway.alarms?.triggered ?? [],
  } as const satisfies Omit<DeploymentFailed, 'rollback'>;
  if (!lastCompleted || !wantsRollback(state, underway, cause)) {
    const kind = wantsRollback(state, underway, cause) ? 'no-candidate' : 'none';
    return {
      state: { ...state, deployments: [stopped, ...older], underway: undefined, steady: false },
      commands: [{ ...command, rollback: { kind } }],
    };
  }
  // The old deployment itself comes back: its tasks that still serve need not be replaced.
  const restored = { ...newDeployment(lastCompleted.id, lastCompleted.revision, now), cause };
  return {
    state: {
      ...state,
      deployments: [restored, stopped, ...older.filter(({ id }) => id !== restored.id)],
      underway: { ...underway, phase: 'rolling-back', since: now, bakingSince: undefined },
      steady: false,
    },
    commands: [{ ...command, rollback: { kind: 'to', deployment: lastCompleted } }],
  };
}

function wantsRollback(
  { safeguards: { breaker, alarms } }: ServiceState,
  { phase }: Underway,
  cause: FailureCause,
): boolean {
  switch (cause) {
    case 'stopped':
      return phase === 'rollback-requested';
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
