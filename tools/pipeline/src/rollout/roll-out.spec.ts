import type { ServiceDeploymentStatus } from '@aws-sdk/client-ecs';
import type { Reporter } from '../edge/reporter';
import { rollOut } from './roll-out';
import type { ServiceDeployments } from './service-deployments';

const v1 = 'task-definition/api:1';
const v2 = 'task-definition/api:2';

function reporter() {
  const lines: string[] = [];
  const say = (text: string) => void lines.push(text);
  return { lines, step: say, info: say, warn: say } satisfies Reporter & { lines: string[] };
}

/** A service whose newest deployment goes through `statuses`, one a poll. */
function service(current: string, statuses: ServiceDeploymentStatus[], target = v2) {
  const updates: string[] = [];
  const queue = [...statuses];
  const fake: ServiceDeployments = {
    currentTaskDefinition: async () => updates.at(-1) ?? current,
    startRollout: async (taskDefinition) => void updates.push(taskDefinition),
    findDeployment: async () => 'arn:deployment/1',
    observe: async () => ({ status: queue.shift() ?? statuses.at(-1) ?? 'PENDING', target }),
    events: async () => [
      { id: 'b', message: '(service api) has reached a steady state.' },
      { id: 'a', message: '(service api) has started 1 tasks.' },
    ],
  };
  return { fake, updates };
}

const options = (signal = new AbortController().signal) => ({
  taskDefinition: v2,
  timeoutMs: 200,
  pollMs: 1,
  signal,
});

test('updates the service and waits for SUCCESSFUL', async () => {
  const { fake, updates } = service(v1, ['PENDING', 'IN_PROGRESS', 'SUCCESSFUL']);
  await rollOut(fake, reporter(), options());
  expect(updates).toEqual([v2]);
});

test('a service that has the task definition already is watched, not updated again', async () => {
  const { fake, updates } = service(v2, ['IN_PROGRESS', 'SUCCESSFUL']);
  await rollOut(fake, reporter(), options());
  expect(updates).toEqual([]);
});

test('a rollout that ECS rolled back is a failure, and says on the way that it is rolled back', async () => {
  const { fake } = service(v1, ['IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'ROLLBACK_SUCCESSFUL']);
  const said = reporter();
  await expect(rollOut(fake, said, options())).rejects.toMatchObject({ reason: 'rolledBack' });
  expect(said.lines).toContain('ECS is rolling back');
});

test('no verdict in time is an error', async () => {
  const { fake } = service(v1, ['IN_PROGRESS']);
  await expect(rollOut(fake, reporter(), options())).rejects.toMatchObject({ reason: 'timedOut' });
});

test('an interruption says what state it leaves', async () => {
  const controller = new AbortController();
  const { fake } = service(v1, ['IN_PROGRESS']);
  const running = rollOut(fake, reporter(), { ...options(controller.signal), timeoutMs: 60_000 });
  controller.abort();
  await expect(running).rejects.toMatchObject({
    reason: 'interrupted',
    message: expect.stringContaining('goes on without us'),
  });
});

test('events from before the rollout are not repeated', async () => {
  const { fake } = service(v1, ['SUCCESSFUL']);
  const said = reporter();
  await rollOut(fake, said, options());
  expect(said.lines.join()).not.toContain('steady state');
});
