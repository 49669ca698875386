import { randomUUID } from 'node:crypto';
import type { Command } from '../deployment/state';
import { failureEvents } from './rollout-words';
import type { ServiceRecord } from './service-record';

/** DescribeServices shows the last 100. */
const kept = 100;
/** Hosts are not container instances here, so they have no id. */
const portInUse =
  'The closest matching container-instance is already using a port required by your task. ';
const helpful =
  'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';

/**
 * Adds a line to the service's events, in the words ECS uses.
 * @param taskSet the deployment that the line is about, if it names one
 */
export function announce(service: ServiceRecord, at: Date, text: string, taskSet?: string): void {
  const event = {
    id: randomUUID(),
    createdAt: at,
    message: `(service ${service.name}${taskSet ? `, taskSet ${taskSet}` : ''}) ${text}`,
  };
  service.events = [event, ...service.events].slice(0, kept);
}

export const taskList = (ids: readonly string[]): string =>
  ids.map((id) => `(task ${id})`).join(' ');

/** Reports what the state machine decided; how many tasks start and stop in one line each. */
export function announceAll(service: ServiceRecord, commands: readonly Command[], at: Date): void {
  const say = (text: string) => announce(service, at, text);
  const ids = (kind: 'start-task' | 'stop-task') =>
    commands.flatMap((command) =>
      command.kind === kind ? (service.tasks.get(command.task)?.record.id ?? []) : [],
    );
  for (const command of commands) for (const text of wordsFor(command, service)) say(text);
  service.unhealthyTasks += commands.filter(
    (command) => command.kind === 'stop-task' && command.reason.cause === 'health',
  ).length;
  const [started, stopped] = [ids('start-task'), ids('stop-task')];
  if (started.length > 0)
    say(
      `has started ${started.length} tasks: ${taskList(started)}.${replaced(service, started.length)}`,
    );
  if (stopped.length > 0) say(`has stopped ${stopped.length} running tasks: ${taskList(stopped)}.`);
  for (const { kind } of commands) if (kind === 'steady-state') say('has reached a steady state.');
}

/** How many of the tasks that start take the place of unhealthy ones, now or after a delay. */
function replaced(service: ServiceRecord, started: number): string {
  const count = Math.min(service.unhealthyTasks, started);
  service.unhealthyTasks -= count;
  return count > 0 ? ` Amazon ECS replaced ${count} tasks due to an unhealthy status.` : '';
}

function wordsFor(command: Command, service: ServiceRecord): readonly string[] {
  switch (command.kind) {
    case 'deployment-failed':
      return [
        `(deployment ${command.deploymentId}) ${failureEvents[command.cause]}`,
        ...(command.rollback.kind === 'to'
          ? [`rolling back to deployment ${command.rollback.deployment.id}.`]
          : []),
      ];
    case 'deployment-completed':
      return [`(deployment ${command.deploymentId}) deployment completed.`];
    case 'rollback-completed':
      return [`(deployment ${command.to}) deployment completed.`];
    case 'rollback-failed':
      return [`(deployment ${command.to}) deployment failed: tasks failed to start.`];
    case 'cannot-place':
      return [
        `was unable to place a task because no container instance met all of its requirements. ${service.onePerHost === 'port' ? portInUse : ''}${helpful}`,
      ];
    case 'cannot-move':
      return [
        'was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.',
      ];
    case 'start-impaired':
      return [`is unable to consistently start tasks successfully. ${helpful}`];
    default:
      return [];
  }
}
