import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apps } from '../../core/names';
import type { Release } from '../../core/releases/release';
import {
  inMemoryEnvironment,
  releaseOf,
  withTerraform,
  type InMemoryOptions,
} from '../../../test/in-memory-environment';
import { collectOutputs } from '../../../test/test-start';
import { createsQueue } from '../../../test/write-report';
import { deployRelease } from './run';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'deploy-'));
});
afterEach(() => rm(root, { recursive: true }));

const url = 'https://api.dev.clarity.example';
const service = (arn: string) => ({ name: 'service', task_definition_arn: arn });

function environment(options: Omit<InMemoryOptions, 'root'> = {}, previous?: Release) {
  const memory = inMemoryEnvironment({ root, history: [releaseOf('v1')], ...options });
  const stacks = {
    'clarity-dev-foundation': { outputs: { api_url: url } },
    'clarity-dev-data': { plan: createsQueue('jobs'), outputs: { data_bucket: 'data' } },
    'clarity-dev-services': {
      plan: createsQueue('more'),
      outputs: {
        services: { api: service('api:v2'), ml_worker: service('ml-worker:v2') },
      },
    },
  };
  const context = withTerraform(memory.context, memory.calls, stacks, {}, previous);
  return { ...memory, context, ...collectOutputs() };
}
type Environment = ReturnType<typeof environment>;
const deploy = (
  { context, output }: Environment,
  approved?: Parameters<typeof deployRelease>[1]['approved'],
) => deployRelease(context, { services: apps, appsFolder: '', approved }, output);

test('applies, pushes images, applies the services with them, rolls out, moves the pointer', async () => {
  const deployed = environment();
  await deploy(deployed);
  expect(deployed.calls).toEqual([
    'apply clarity-dev-data',
    'push api',
    'push ml-worker',
    'apply clarity-dev-services',
    'roll out api:v2',
    'roll out ml-worker:v2',
    'keep the images',
    'keep the program',
  ]);
  expect(deployed.current()).toMatchObject({ kind: 'deploy', outcome: 'SUCCESSFUL' });
  expect(deployed.outputs).toEqual({ url, release: deployed.current()?.id });
  expect(deployed.locks.isFree()).toBe(true);
});

test('a rollout that ECS rolls back is a failure; the other app goes back too', async () => {
  const failed = environment({ ends: { 'api:v2': 'ROLLBACK_SUCCESSFUL' } });
  await expect(deploy(failed)).rejects.toMatchObject({ reason: 'rolledBack' });
  expect(failed.calls.slice(-3)).toEqual([
    'roll out api:v2',
    'roll out ml-worker:v2',
    'roll out ml-worker:v1',
  ]);
  expect(failed.running).toEqual(releaseOf('v1').taskDefinitions);
  expect(failed.ledger.at(-1)?.outcome).toBe('ROLLBACK_SUCCESSFUL');
  expect(failed.current()?.id).toBe('v1');
  // Even a failed deployment has an address.
  expect(failed.outputs).toEqual({ url });
});

test('a stopped app runs one task of the new image before the release is current', async () => {
  const deployed = environment({ stopped: ['ml-worker'] });
  await deploy(deployed);
  expect(deployed.calls).toContain('roll out ml-worker:v2, tasks: 1');
  expect(deployed.current()).toMatchObject({ stopped: ['ml-worker'], outcome: 'SUCCESSFUL' });
});

test('a stopped app whose new image exits fails the release, and is stopped again', async () => {
  const failed = environment({
    stopped: ['ml-worker'],
    ends: { 'ml-worker:v2': 'ROLLBACK_SUCCESSFUL' },
  });
  await expect(deploy(failed)).rejects.toMatchObject({ reason: 'rolledBack' });
  expect(failed.current()?.id).toBe('v1');
  expect(failed.running).toEqual(releaseOf('v1').taskDefinitions);
  const { desired } = await failed.context.deployments['ml-worker'].read();
  expect(desired).toBe(0);
});

test('at the first deploy, too, a stopped app is tried, and stopped again if it fails', async () => {
  const failed = environment({
    history: [],
    stopped: ['ml-worker'],
    ends: { 'ml-worker:v2': 'ROLLBACK_FAILED' },
  });
  await expect(deploy(failed)).rejects.toMatchObject({ reason: 'rollbackFailed' });
  const { desired } = await failed.context.deployments['ml-worker'].read();
  expect(desired).toBe(0);
});

test('a stopped app that a deploy does not change is not started', async () => {
  const { context, output, calls } = environment({ stopped: ['ml-worker'] });
  await context.pointer.move({
    ...releaseOf('v1'),
    taskDefinitions: { api: 'api:v1', 'ml-worker': 'ml-worker:v2' },
  });
  await context.deployments['ml-worker'].update('ml-worker:v2');
  await deployRelease(context, { services: apps, appsFolder: '', approved: undefined }, output);
  expect(calls.join()).not.toContain('tasks: 1');
});

test('infrastructure changes that were not approved are not applied, and nothing is rolled out', async () => {
  const refused = environment();
  const approved = { 'clarity-dev-foundation': [], 'clarity-dev-data': [] };
  await expect(deploy(refused, approved)).rejects.toMatchObject({ reason: 'unapproved' });
  expect(refused.calls).toEqual([]);
});

test('unapproved changes of the services stop the deploy before images are pushed', async () => {
  const refused = environment();
  const approved = { 'clarity-dev-data': null, 'clarity-dev-services': [] };
  await expect(deploy(refused, approved)).rejects.toMatchObject({ reason: 'unapproved' });
  expect(refused.calls).toEqual(['apply clarity-dev-data']);
  expect(refused.locks.isFree()).toBe(true);
});

test('a deploy that loses the lock to a rollback rolls nothing out', async () => {
  const memory = environment();
  const context = {
    ...memory.context,
    publishImages: async () => {
      await memory.context.locks.take('rollback');
      return async () => ({ image: `registry.test/app@sha256:${'a'.repeat(64)}`, commit: 'none' });
    },
  };
  await expect(deploy({ ...memory, context })).rejects.toMatchObject({ reason: 'superseded' });
  expect(memory.calls).not.toContain('roll out api:v2');
  expect(memory.current()?.id).toBe('v1');
});

const commit = 'a'.repeat(40);

test('a commit that is not current in the environment before is refused before anything changes', async () => {
  const skipped = environment({}, releaseOf('v1'));
  await expect(deploy(skipped)).rejects.toMatchObject({
    reason: 'outOfOrder',
    message: expect.stringContaining('staging'),
  });
  expect(skipped.calls).toEqual([]);
});

test('a commit that does not contain the current release does not replace it', async () => {
  const older = environment({ history: [{ ...releaseOf('v1'), gitSha: commit }] });
  await expect(deploy(older)).rejects.toMatchObject({ reason: 'outOfOrder' });
  expect(older.calls).toEqual([]);
});

test('a deploy of one service leaves the other as it is, and what that lacks counts as changed', async () => {
  const { context, output, calls, current, ...memory } = environment();
  await deployRelease(context, { services: ['api'], appsFolder: '', approved: undefined }, output);
  expect(calls).not.toContain('push ml-worker');
  expect(memory.running).toEqual({ api: 'api:v2', 'ml-worker': 'ml-worker:v1' });
  expect(current()).toMatchObject({
    gitSha: 'v1',
    builtFrom: { 'ml-worker': 'v1' },
    taskDefinitions: { api: 'api:v2', 'ml-worker': 'ml-worker:v1' },
  });
});

test('the first deploy is one of every service', async () => {
  const { context, output, calls } = environment({ history: [] });
  const options = { services: ['api'] as const, appsFolder: '', approved: undefined };
  await expect(deployRelease(context, options, output)).rejects.toMatchObject({ reason: 'usage' });
  expect(calls).not.toContain('roll out api:v2');
});

test('a commit without the newer one that a single service runs does not replace it', async () => {
  const newer = { ...releaseOf('v1'), builtFrom: { api: commit, 'ml-worker': 'v1' } };
  await expect(deploy(environment({ history: [newer] }))).rejects.toMatchObject({
    reason: 'outOfOrder',
  });
});
