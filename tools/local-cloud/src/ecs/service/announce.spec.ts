import type { Command } from '../deployment/state';
import { announce, announceAll } from './announce';
import { clockByHand } from './testing/clock-by-hand';
import { scheduledService } from './testing/scheduled-service';

function serviceWithTasks() {
  const { scheduler, service } = scheduledService(clockByHand().clock);
  scheduler.deploy(service);
  service.events = [];
  return service;
}
const newest = ({ events }: { events: readonly { message: string }[] }) => events[0]?.message;
const at = new Date(0);
const stop: Command = {
  kind: 'stop-task',
  task: 9,
  reason: { cause: 'health', detail: 'failed container health checks' },
};
const start: Command = { kind: 'start-task', task: 1, deploymentId: 'ecs-svc/1' };

it('reports that a task takes the place of an unhealthy one, even if it starts later', () => {
  const service = serviceWithTasks();
  announceAll(service, [stop], at);
  announceAll(service, [start], at);
  expect(newest(service)).toMatch(
    /^\(service api\) has started 1 tasks: \(task \w+\)\. Amazon ECS replaced 1 tasks due to an unhealthy status\.$/,
  );
  announceAll(service, [start], at);
  expect(newest(service)).toMatch(/has started 1 tasks: \(task \w+\)\.$/);
});

it.each([
  ['GPU', /met all of its requirements\. For more information/],
  ['port', /The closest matching container-instance is already using a port required by your task/],
] as const)('gives the reason if no host has a %s left', (onePerHost, message) => {
  const service = { ...serviceWithTasks(), onePerHost };
  announceAll(service, [{ kind: 'cannot-place' }], at);
  expect(newest(service)).toMatch(message);
});

it('reports that the deployment configuration lets nothing move', () => {
  const service = serviceWithTasks();
  announceAll(service, [{ kind: 'cannot-move' }], at);
  expect(newest(service)).toBe(
    '(service api) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.',
  );
});

it('names the task set that an event is about', () => {
  const service = serviceWithTasks();
  announce(service, at, 'has begun draining connections on 1 tasks.', 'ecs-svc/1');
  expect(newest(service)).toBe(
    '(service api, taskSet ecs-svc/1) has begun draining connections on 1 tasks.',
  );
});
