import type { ServiceDeploymentStatus } from '@aws-sdk/client-ecs';
import { PipelineError } from '../../errors';
import type { Reporter } from '../../io/reporter';
import { rollOut } from './roll-out';
import type { PrimaryDeployment, ServiceDeployments } from './service-deployments';

const v1 = 'task-definition/api:1';
const v2 = 'task-definition/api:2';

function reporter() {
  const lines: string[] = [];
  const report = (text: string) => void lines.push(text);
  return { lines, step: report, info: report, warn: report } satisfies Reporter & {
    lines: string[];
  };
}

/** A service whose newest deployment goes through `statuses`, one per poll; an Error is a failed call. */
function service(
  current: string,
  statuses: (ServiceDeploymentStatus | Error | undefined)[],
  atFirst = 1,
) {
  const updates: string[] = [];
  let desired = atFirst;
  const queue = [...statuses];
  const earlier = { arn: 'arn:deployment/0', revision: '0', status: 'SUCCESSFUL' } as const;
  let primary: PrimaryDeployment = { revision: '0', taskDefinition: current, state: 'COMPLETED' };
  const state = () => ({
    primary,
    desired,
    events: [
      { id: 'b', message: '(service api) has reached a steady state.' },
      { id: 'a', message: '(service api) has started 1 tasks.' },
    ],
  });
  const fake: ServiceDeployments = {
    read: async () => state(),
    async update(taskDefinition, count = desired) {
      desired = count;
      updates.push(`${taskDefinition}, tasks: ${desired}`);
      if (taskDefinition !== current)
        primary = { revision: '1', taskDefinition, state: 'IN_PROGRESS' };
      return state();
    },
    async newest(revision) {
      if (revision === '0') return earlier;
      const status = queue.length > 1 ? queue.shift() : queue[0];
      if (status instanceof Error) throw status;
      if (status === 'SUCCESSFUL') primary = { ...primary, state: 'COMPLETED' };
      return status && { arn: 'arn:deployment/1', revision: '1', status };
    },
    stopWithRollback: async () => {},
  };
  return { fake, updates };
}

const options = (signal = new AbortController().signal) => ({
  taskDefinition: v2,
  timeoutMs: 200,
  pollMs: 1,
  signal,
});
/** An answer of AWS that refuses a call. */
const refusal = (name: string) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode: 400 } });

test('updates the service and waits for SUCCESSFUL', async () => {
  const { fake, updates } = service(v1, ['PENDING', 'IN_PROGRESS', 'SUCCESSFUL']);
  const end = await rollOut(fake, reporter(), options());
  expect(end).toMatchObject({ verdict: { kind: 'success' }, deployment: 'arn:deployment/1' });
  expect(updates).toEqual([`${v2}, tasks: 1`]);
});

test('a service that is already there has nothing to wait for, even if ECS has forgotten how it got there', async () => {
  const { fake } = service(v2, []);
  const end = await rollOut(fake, reporter(), options());
  expect(end).toMatchObject({ verdict: { kind: 'success' } });
  expect(end.deployment).toBeUndefined();
});

test('a deployment that ECS does not list yet is waited for', async () => {
  const { fake } = service(v1, [undefined, undefined, 'PENDING', 'SUCCESSFUL']);
  const end = await rollOut(fake, reporter(), options());
  expect(end.verdict.kind).toBe('success');
});

test('credentials that expire in mid-rollout end it at once, and it is not called a verdict of ECS', async () => {
  const { fake } = service(v1, ['IN_PROGRESS', refusal('ExpiredTokenException'), 'SUCCESSFUL']);
  const end = await rollOut(fake, reporter(), options());
  expect(end.verdict).toMatchObject({
    kind: 'failure',
    reason: 'environment',
    text: expect.stringContaining('may still be running'),
  });
});

test('a rollout that ECS rolls back is a failure, and the rollback is reported while it runs', async () => {
  const { fake } = service(v1, ['IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'ROLLBACK_SUCCESSFUL']);
  const reported = reporter();
  const end = await rollOut(fake, reported, options());
  expect(end.verdict).toMatchObject({ kind: 'failure', reason: 'rolledBack' });
  expect(reported.lines).toContain('ECS is rolling back');
});

test('failed AWS calls do not change the verdict', async () => {
  const { fake } = service(v1, ['IN_PROGRESS', refusal('ThrottlingException'), 'SUCCESSFUL']);
  const reported = reporter();
  const end = await rollOut(fake, reported, options());
  expect(end.verdict.kind).toBe('success');
  expect(reported.lines.join()).toContain('ThrottlingException');
});

test.each([-3_600_000, 3_600_000])(
  'a clock of ECS that differs by %i ms changes no verdict and hides no event',
  async (skewMs) => {
    const { fake } = service(v1, ['IN_PROGRESS', 'SUCCESSFUL']);
    const finishedAt = new Date(Date.now() + skewMs);
    let asked = 0;
    const skewed: ServiceDeployments = {
      ...fake,
      newest: async (revision) => {
        const newest = await fake.newest(revision);
        return newest && { ...newest, finishedAt };
      },
      read: async () => ({
        ...(await fake.read()),
        events: asked++ === 0 ? [] : [{ id: 'c', message: '(service api) has started 1 tasks.' }],
      }),
    };
    const reported = reporter();
    const end = await rollOut(skewed, reported, options());
    expect(end).toMatchObject({ verdict: { kind: 'success' }, ecsFinishedAt: finishedAt });
    expect(reported.lines.filter((line) => line.includes('has started'))).toHaveLength(1);
  },
);

test('no verdict in time is an error', async () => {
  const { fake } = service(v1, ['IN_PROGRESS']);
  const end = await rollOut(fake, reporter(), options());
  expect(end.verdict).toMatchObject({ kind: 'failure', reason: 'timedOut' });
});

test('a stopped app runs one task, and its rollout is what ECS judges', async () => {
  const { fake, updates } = service(v1, ['IN_PROGRESS', 'ROLLBACK_SUCCESSFUL'], 0);
  const end = await rollOut(fake, reporter(), { ...options(), tasks: 'one' });
  expect(updates).toEqual([`${v2}, tasks: 1`]);
  expect(end.verdict).toMatchObject({ reason: 'rolledBack' });
});

test('a stopped app for which there is no host in time was not tried', async () => {
  const { fake } = service(v1, ['IN_PROGRESS'], 0);
  const end = await rollOut(fake, reporter(), { ...options(), tasks: 'one' });
  expect(end.verdict).toMatchObject({ kind: 'failure', reason: 'untried' });
});

test('a rollout of no task is not a success if it was to run some', async () => {
  const { fake } = service(v1, ['SUCCESSFUL'], 0);
  const end = await rollOut(fake, reporter(), { ...options(), tasks: 'some' });
  expect(end.verdict).toMatchObject({ kind: 'failure', reason: 'untried' });
});

test('a run that has lost the lock does not call UpdateService', async () => {
  const { fake, updates } = service(v1, ['SUCCESSFUL']);
  const mayStart = () => Promise.reject(new PipelineError('superseded', 'taken over'));
  await expect(rollOut(fake, reporter(), { ...options(), mayStart })).rejects.toThrow('taken over');
  expect(updates).toEqual([]);
});

test('an interruption reports the state that it leaves', async () => {
  const controller = new AbortController();
  const { fake } = service(v1, ['IN_PROGRESS']);
  const running = rollOut(fake, reporter(), { ...options(controller.signal), timeoutMs: 60_000 });
  controller.abort();
  await expect(running).rejects.toMatchObject({
    reason: 'interrupted',
    message: expect.stringContaining('continues in ECS'),
  });
});

test('events from before the rollout are not repeated', async () => {
  const { fake } = service(v1, ['SUCCESSFUL']);
  const reported = reporter();
  await rollOut(fake, reported, options());
  expect(reported.lines.join()).not.toContain('steady state');
});
