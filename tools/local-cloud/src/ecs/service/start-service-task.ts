import type { ServiceEvent } from '../deployment/state';
import {
  superviseTask,
  type SupervisedTask,
  type TaskObserver,
  type TaskDependencies,
} from '../task/supervise-task';
import type { TaskRegistry } from '../task/task-registry';
import { announce, taskList } from './announce';
import type { ServiceRecord } from './service-record';
import { taskOfService } from './task-of-service';

export interface ServiceTasks {
  readonly deps: TaskDependencies;
  readonly registry: TaskRegistry;
  dispatch(service: ServiceRecord, event: ServiceEvent): void;
}

/** Starts a task of a service, and reports what happens to it as events of the service. */
export function startServiceTask(
  service: ServiceRecord,
  number: number,
  deploymentId: string,
  { deps, registry, dispatch }: ServiceTasks,
): void {
  const dateNow = () => deps.clock.dateOf(deps.clock.now());
  const { record, assignment } = taskOfService(service, deploymentId, dateNow(), registry);
  const say = (text: string, taskSet?: string) => announce(service, dateNow(), text, taskSet);
  const observer: TaskObserver = {
    onRunning: () => dispatch(service, { kind: 'task-running', task: number }),
    onReady: () => dispatch(service, { kind: 'task-ready', task: number }),
    onUnhealthy: ({ event, detail }) => {
      say(`${taskList([record.id])} ${event}.`);
      dispatch(service, { kind: 'task-unhealthy', task: number, reason: detail });
    },
    onRegistered: (arn) => say(`registered 1 targets in (target-group ${arn})`),
    onDraining: (arn) => {
      say('has begun draining connections on 1 tasks.', deploymentId);
      say(`deregistered 1 targets in (target-group ${arn})`);
    },
    onStopped: () => {
      service.tasks.delete(number);
      const byUser = record.stopCode === 'UserInitiated';
      dispatch(service, { kind: 'task-stopped', task: number, byUser });
    },
  };
  const task: SupervisedTask = superviseTask(record, assignment, deps, observer);
  service.tasks.set(number, task);
  registry.add(task);
}
