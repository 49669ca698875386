import type { Clock } from '../../clock';
import {
  newNumericId,
  newServiceDeploymentId,
  serviceDeploymentArn,
  serviceRevisionArn,
} from '../arns';
import type { Command, ServiceEvent } from '../deployment/state';
import { nextTick, step } from '../deployment/step';
import { superviseTask, type TaskObserver, type TaskSurroundings } from '../task/supervise-task';
import type { TaskRegistry } from '../task/task-registry';
import { announce, taskList } from './announce';
import type { ServiceRecord } from './service-record';
import { taskOfService } from './task-of-service';

/** Keeps services at what is asked of them: feeds their state machines and does what those say. */
export interface ServiceScheduler {
  dispatch(service: ServiceRecord, event: ServiceEvent): void;
  /** Rolls out the service's settings as they are now, as a new revision. */
  deploy(service: ServiceRecord): void;
  /** Nothing starts any more. */
  close(): void;
}

export interface SchedulerOptions {
  readonly clock: Clock;
  readonly around: TaskSurroundings;
  readonly registry: TaskRegistry;
}

export function serviceScheduler({ clock, around, registry }: SchedulerOptions): ServiceScheduler {
  const ticks = new Map<ServiceRecord, () => void>();
  let closed = false;

  const dispatch = (service: ServiceRecord, event: ServiceEvent) => {
    if (closed) return;
    const { state, commands } = step(service.state, event, clock.now());
    service.state = state;
    for (const command of commands) perform(service, command);
    announceCounts(service, commands, clock.now());
    wakeLater(service);
  };

  const wakeLater = (service: ServiceRecord) => {
    ticks.get(service)?.();
    ticks.delete(service);
    const now = clock.now();
    const time = nextTick(service.state, now);
    if (time !== undefined)
      ticks.set(
        service,
        clock.after(time - now, () => dispatch(service, { kind: 'tick' })),
      );
  };

  const perform = (service: ServiceRecord, command: Command) => {
    const now = clock.now();
    switch (command.kind) {
      case 'start-task':
        return startTask(service, command.task, command.deploymentId);
      case 'stop-task': {
        const primary = service.state.deployments[0]?.id ?? '';
        const { reason } = command;
        const text =
          reason.cause === 'health'
            ? `Task ${reason.detail}`
            : `Scaling activity initiated by (deployment ${primary})`;
        void service.tasks.get(command.task)?.stop('ServiceSchedulerInitiated', text);
        return;
      }
      case 'deployment-superseded':
        return finish(service, command.deploymentId, 'STOPPED', 'Superseded by a new deployment.');
      case 'deployment-completed':
        announce(service, now, `(deployment ${command.deploymentId}) deployment completed.`);
        return finish(service, command.deploymentId, 'SUCCESSFUL', undefined);
      case 'steady-state':
        return announce(service, now, 'has reached a steady state.');
      case 'drained':
        service.status = 'INACTIVE';
        return;
    }
  };

  const startTask = (service: ServiceRecord, number: number, deploymentId: string) => {
    const { record, assignment } = taskOfService(service, deploymentId, clock.now(), registry);
    const observer: TaskObserver = {
      onRunning: () => dispatch(service, { kind: 'task-running', task: number }),
      onReady: () => dispatch(service, { kind: 'task-ready', task: number }),
      onUnhealthy: (detail) => {
        announce(service, clock.now(), `${taskList([record.id])} ${detail}.`);
        dispatch(service, { kind: 'task-unhealthy', task: number, reason: detail });
      },
      onRegistered: (arn) =>
        announce(service, clock.now(), `registered 1 targets in (target-group ${arn})`),
      onDraining: (arn) =>
        announce(service, clock.now(), `deregistered 1 targets in (target-group ${arn})`),
      onStopped: () => {
        service.tasks.delete(number);
        dispatch(service, { kind: 'task-stopped', task: number });
      },
    };
    const task = superviseTask(record, assignment, around, observer);
    service.tasks.set(number, task);
    registry.add(task);
  };

  const finish = (
    service: ServiceRecord,
    deploymentId: string,
    status: 'STOPPED' | 'SUCCESSFUL',
    reason: string | undefined,
  ) => {
    const rollout = service.rollouts.find((each) => each.deploymentId === deploymentId);
    if (!rollout) return;
    rollout.status = status;
    rollout.statusReason = reason;
    rollout.finishedAt = new Date(clock.now());
    rollout.updatedAt = rollout.finishedAt;
  };

  const deploy = (service: ServiceRecord) => {
    const { cluster, name, settings } = service;
    const createdAt = new Date(clock.now());
    const revision = serviceRevisionArn(cluster, name, newNumericId());
    const sources = new Set(service.state.deployments.map((each) => each.revision));
    const deploymentId = `ecs-svc/${newNumericId()}`;
    service.revisions.set(revision, { arn: revision, settings, createdAt });
    service.rollouts.unshift({
      deploymentId,
      arn: serviceDeploymentArn(cluster, name, newServiceDeploymentId()),
      targetRevision: revision,
      sourceRevisions: [...sources],
      createdAt,
      settings,
      status: 'IN_PROGRESS',
      statusReason: undefined,
      updatedAt: createdAt,
      finishedAt: undefined,
    });
    dispatch(service, { kind: 'deploy', id: deploymentId, revision });
  };

  return {
    dispatch,
    deploy,
    close: () => {
      closed = true;
      for (const cancel of ticks.values()) cancel();
    },
  };
}

/** ECS says in one line how many tasks it started or stopped in one go. */
function announceCounts(service: ServiceRecord, commands: readonly Command[], now: number): void {
  const ids = (kind: 'start-task' | 'stop-task') =>
    commands.flatMap((command) =>
      command.kind === kind ? (service.tasks.get(command.task)?.record.id ?? []) : [],
    );
  const started = ids('start-task');
  const stopped = ids('stop-task');
  if (started.length > 0)
    announce(service, now, `has started ${started.length} tasks: ${taskList(started)}.`);
  if (stopped.length > 0)
    announce(service, now, `has stopped ${stopped.length} running tasks: ${taskList(stopped)}.`);
}
