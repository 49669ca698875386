import { randomUUID } from 'node:crypto';
import type { Command } from '../deployment/state';
import { failureEvents } from './rollout-words';
import type { ServiceRecord } from './service-record';

/** DescribeServices shows the last 100. */
const kept = 100;
const helpful =
  'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';

/** Adds a line to the service's events, in the words ECS uses. */
export function announce(service: ServiceRecord, at: Date, text: string): void {
  const event = {
    id: randomUUID(),
    createdAt: at,
    message: `(service ${service.name}) ${text}`,
  };
  service.events = [event, ...service.events].slice(0, kept);
}

export const taskList = (ids: readonly string[]): string =>
  ids.map((id) => `(task ${id})`).join(' ');

/** Tells what the state machine decided; how many tasks start and stop in one line each. */
export function announceAll(service: ServiceRecord, commands: readonly Command[], at: Date): void {
  const say = (text: string) => announce(service, at, text);
  const ids = (kind: 'start-task' | 'stop-task') =>
    commands.flatMap((command) =>
      command.kind === kind ? (service.tasks.get(command.task)?.record.id ?? []) : [],
    );
  for (const command of commands) for (const text of wordsFor(command)) say(text);
  const [started, stopped] = [ids('start-task'), ids('stop-task')];
  if (started.length > 0) say(`has started ${started.length} tasks: ${taskList(started)}.`);
  if (stopped.length > 0) say(`has stopped ${stopped.length} running tasks: ${taskList(stopped)}.`);
  for (const { kind } of commands) if (kind === 'steady-state') say('has reached a steady state.');
}

function wordsFor(command: Command): readonly string[] {
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
        `was unable to place a task because no container instance met all of its requirements. ${helpful}`,
      ];
    case 'start-impaired':
      return [`is unable to consistently start tasks successfully. ${helpful}`];
    default:
      return [];
  }
}
