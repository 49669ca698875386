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
import type { ServiceRegistry } from './service-registry';
import { taskOfService } from './task-of-service';

export interface ServiceTasks {
  readonly deps: TaskDependencies;
  readonly services: ServiceRegistry;
  readonly registry: TaskRegistry;
  dispatch(service: ServiceRecord, event: ServiceEvent): void;
}

/**
 * Starts a task of a service. What happens to it goes to the service as it is known then: the
 * scheduler may have been rebuilt from a snapshot meanwhile.
 */
export function startServiceTask(
  service: ServiceRecord,
  number: number,
  deploymentId: string,
  { deps, services, registry, dispatch }: ServiceTasks,
): void {
  const dateNow = () => deps.clock.dateOf(deps.clock.now());
  const { record, assignment } = taskOfService(service, deploymentId, dateNow(), registry);
  const hear = (act: (owner: ServiceRecord) => void) => {
    const owner = services.byArn(service.arn);
    if (owner?.tasks.get(number) === task) act(owner);
  };
  const say = (text: string) => hear((owner) => announce(owner, dateNow(), text));
  const observer: TaskObserver = {
    onRunning: () => hear((owner) => dispatch(owner, { kind: 'task-running', task: number })),
    onReady: () => hear((owner) => dispatch(owner, { kind: 'task-ready', task: number })),
    onUnhealthy: ({ event, detail }) => {
      say(`${taskList([record.id])} ${event}.`);
      hear((owner) => dispatch(owner, { kind: 'task-unhealthy', task: number, reason: detail }));
    },
    onRegistered: (arn) => say(`registered 1 targets in (target-group ${arn})`),
    onDraining: (arn) => {
      say('has begun draining connections on 1 tasks.');
      say(`deregistered 1 targets in (target-group ${arn})`);
    },
    onStopped: () =>
      hear((owner) => {
        owner.tasks.delete(number);
        const byUser = record.stopCode === 'UserInitiated';
        dispatch(owner, { kind: 'task-stopped', task: number, byUser });
      }),
  };
  const task: SupervisedTask = superviseTask(record, assignment, deps, observer);
  service.tasks.set(number, task);
  registry.add(task);
}
