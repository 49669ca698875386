import {
  newNumericId,
  newServiceDeploymentId,
  serviceDeploymentArn,
  serviceRevisionArn,
} from '../protocol/arns';
import { failuresToTrip, usualThreshold } from '../deployment/safeguards';
import type { Command, DeploymentFailed } from '../deployment/state';
import { failureReasons, noCandidate, stopReasons } from './rollout-words';
import { atRevision, type ServiceDeploymentRecord, type ServiceRecord } from './service-record';

/** A rollout of the service's settings as they are now, as a new revision. */
export function openRollout(service: ServiceRecord, at: Date): ServiceDeploymentRecord {
  const { cluster, name, settings, state } = service;
  const createdAt = at;
  // ECS gives both the same number; Terraform's provider finds the service deployment by it.
  const number = newNumericId();
  const revision = serviceRevisionArn(cluster, name, number);
  const { breaker, alarms } = state.safeguards;
  const rollout: ServiceDeploymentRecord = {
    deploymentId: `ecs-svc/${number}`,
    arn: serviceDeploymentArn(cluster, name, newServiceDeploymentId()),
    targetRevision: revision,
    sourceRevisions: [...new Set(state.deployments.map((each) => each.revision))],
    createdAt,
    settings,
    status: 'PENDING',
    statusReason: undefined,
    breaker: {
      status: breaker ? 'MONITORING' : 'DISABLED',
      failureCount: 0,
      threshold: failuresToTrip(breaker?.threshold ?? usualThreshold, state.desiredCount),
    },
    alarms: { status: alarms ? 'MONITORING' : 'DISABLED', triggered: [] },
    rollback: undefined,
    startedAt: undefined,
    updatedAt: createdAt,
    finishedAt: undefined,
  };
  service.revisions.set(revision, { arn: revision, settings, createdAt });
  service.rollouts.unshift(rollout);
  return rollout;
}

/** The rollout that has not ended. */
export const currentRolloutOf = (service: ServiceRecord): ServiceDeploymentRecord | undefined =>
  service.rollouts.find((each) => each.deploymentId === service.state.currentRollout?.deploymentId);

/** Writes down what the state machine made of the service's rollouts. */
export function followRollout(
  service: ServiceRecord,
  commands: readonly Command[],
  at: Date,
): void {
  showProgress(service, commands, at);
  for (const command of commands) {
    if (!('deploymentId' in command) || command.kind === 'start-task') continue;
    const rollout = service.rollouts.find((each) => each.deploymentId === command.deploymentId);
    if (!rollout) continue;
    switch (command.kind) {
      case 'deployment-superseded':
        end(rollout, 'STOPPED', 'Service deployment stopped because a new one started.', at);
        break;
      case 'deployment-completed':
        end(rollout, 'SUCCESSFUL', undefined, at);
        break;
      case 'deployment-failed':
        fail(service, rollout, command, at);
        break;
      case 'rollback-completed':
        end(rollout, 'ROLLBACK_SUCCESSFUL', rollout.statusReason, at);
        break;
      case 'rollback-failed':
        end(
          rollout,
          'ROLLBACK_FAILED',
          `${rollout.statusReason ?? ''} The tasks of the previous revision failed to start.`,
          at,
        );
    }
  }
}

function showProgress(service: ServiceRecord, commands: readonly Command[], at: Date): void {
  const rollout = currentRolloutOf(service);
  const { currentRollout, deployments, safeguards, desiredCount } = service.state;
  if (!rollout || !currentRollout) return;
  const moves = commands.some(({ kind }) => kind === 'start-task' || kind === 'stop-task');
  if (rollout.status === 'PENDING' && moves) {
    rollout.status = 'IN_PROGRESS';
    rollout.startedAt = at;
    rollout.updatedAt = rollout.startedAt;
  }
  if (currentRollout.phase === 'rollback-requested') rollout.status = 'ROLLBACK_REQUESTED';
  const { breaker } = safeguards;
  if (currentRollout.phase !== 'rolling-back' && breaker)
    rollout.breaker = {
      status: 'MONITORING',
      failureCount: deployments[0]?.failedTasks ?? 0,
      threshold: failuresToTrip(breaker.threshold, desiredCount),
    };
}

function fail(
  service: ServiceRecord,
  rollout: ServiceDeploymentRecord,
  { cause, failedTasks, alarms, rollback }: DeploymentFailed,
  at: Date,
): void {
  const monitorStatus = (before: typeof rollout.breaker.status, isCause: boolean) =>
    before === 'DISABLED' ? before : isCause ? 'TRIGGERED' : 'MONITORING_COMPLETE';
  rollout.breaker = {
    ...rollout.breaker,
    failureCount: failedTasks,
    status: monitorStatus(rollout.breaker.status, cause === 'tasks-failed'),
  };
  rollout.alarms = {
    triggered: alarms,
    status: monitorStatus(rollout.alarms.status, cause === 'alarm'),
  };
  if (rollback.kind === 'none') return end(rollout, 'STOPPED', stopReasons[cause], at);
  if (rollback.kind === 'no-candidate') return end(rollout, 'ROLLBACK_FAILED', noCandidate, at);
  const reason = failureReasons[cause];
  const { revision } = rollback.deployment;
  rollout.status = 'ROLLBACK_IN_PROGRESS';
  rollout.statusReason = reason;
  rollout.updatedAt = at;
  rollout.rollback = { reason, startedAt: rollout.updatedAt, revision };
  const settings = service.revisions.get(revision)?.settings;
  if (settings) service.settings = atRevision(service.settings, settings);
}

function end(
  rollout: ServiceDeploymentRecord,
  status: ServiceDeploymentRecord['status'],
  reason: string | undefined,
  at: Date,
): void {
  const done = (monitor: typeof rollout.breaker.status) =>
    monitor === 'MONITORING' ? 'MONITORING_COMPLETE' : monitor;
  rollout.status = status;
  rollout.statusReason = reason;
  rollout.finishedAt = at;
  rollout.updatedAt = rollout.finishedAt;
  rollout.startedAt ??= rollout.finishedAt;
  rollout.breaker = { ...rollout.breaker, status: done(rollout.breaker.status) };
  rollout.alarms = { ...rollout.alarms, status: done(rollout.alarms.status) };
}
