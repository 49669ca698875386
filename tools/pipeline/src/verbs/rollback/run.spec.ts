import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  inMemoryEnvironment,
  releaseOf,
  type InMemoryOptions,
} from '../../../test/in-memory-environment';
import { apps } from '../../core/names';
import { PipelineError } from '../../errors';
import { rollBack } from './run';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'rollback-'));
});
afterEach(() => rm(root, { recursive: true }));

const history = [releaseOf('v1'), releaseOf('v2')];
const environment = (options: Omit<InMemoryOptions, 'root'> = {}) =>
  inMemoryEnvironment({ root, history, ...options });

test('rolls every service back, records it and makes it current', async () => {
  const { context, calls, ledger, running, current } = environment();
  await rollBack(context, { services: apps, reason: 'v2 loses samples' });
  expect(calls).toEqual(['roll out api:v1', 'roll out ml-worker:v1']);
  expect(running).toEqual(releaseOf('v1').taskDefinitions);
  expect(ledger.at(-1)).toMatchObject({
    kind: 'rollback',
    restores: 'v1',
    leaves: 'v2',
    outcome: 'SUCCESSFUL',
  });
  expect(current()).toMatchObject({ restores: 'v1', reason: 'v2 loses samples' });
  const file = await readFile(join(root, 'dist/pipeline/dev/release.json'), 'utf8');
  expect(JSON.parse(file)).toEqual(current());
});

test('rolls one service back and leaves the other on its revision', async () => {
  const { context, calls, current } = environment();
  await rollBack(context, { services: ['api'] });
  expect(calls).toEqual(['roll out api:v1']);
  expect(current()?.taskDefinitions).toEqual({ api: 'api:v1', 'ml-worker': 'ml-worker:v2' });
});

test('stops what is in flight and keeps the current release', async () => {
  const { context, calls, current } = environment({ inFlight: ['api'] });
  await rollBack(context, { services: apps });
  expect(calls).toEqual(['stop api/1']);
  expect(current()?.restores).toBe('v2');
});

test('a stopped app goes back without a task, and so without a GPU host', async () => {
  const { context, calls, current } = environment({ stopped: ['ml-worker'] });
  await rollBack(context, { services: apps });
  expect(calls).toEqual(['roll out api:v1', 'roll out ml-worker:v1, tasks: 0']);
  expect(current()?.restores).toBe('v1');
});

test('an app that a killed deploy started to try it is stopped again', async () => {
  const { context, calls, ledger, current } = environment({ inFlight: ['ml-worker'] });
  ledger.push({ ...releaseOf('v3', 'IN_PROGRESS'), stopped: ['ml-worker'] });
  await rollBack(context, { services: apps });
  expect(calls).toEqual(['roll out ml-worker:v2, tasks: 0']);
  expect(current()?.restores).toBe('v2');
});

test('takes the lock from a deploy, and releases it', async () => {
  const { context, locks } = environment();
  const deploy = await context.locks.take('deploy');
  await rollBack(context, { services: apps });
  await expect(deploy.assertHeld()).rejects.toMatchObject({ reason: 'superseded' });
  expect(locks.isFree()).toBe(true);
});

test('leaves an environment alone that another rollback is changing', async () => {
  const { context, calls } = environment();
  await context.locks.take('rollback');
  await expect(rollBack(context, { services: apps })).rejects.toMatchObject({ reason: 'locked' });
  expect(calls).toEqual([]);
});

test('a failed rollback is recorded and explained, and the pointer stays', async () => {
  const failed = environment({ ends: { 'api:v1': 'ROLLBACK_FAILED' } });
  await expect(rollBack(failed.context, { services: apps })).rejects.toMatchObject({
    reason: 'rollbackFailed',
  });
  expect(failed.ledger.at(-1)?.outcome).toBe('ROLLBACK_FAILED');
  expect(failed.current()?.id).toBe('v2');
  expect(failed.summaries.join()).toContain('it crashed');
  expect(failed.locks.isFree()).toBe(true);
});

test('without an earlier release there is nothing to go back to', async () => {
  const { context, locks } = environment({ history: [releaseOf('v1')] });
  await expect(rollBack(context, { services: apps })).rejects.toMatchObject({
    reason: 'noRelease',
  });
  expect(locks.isFree()).toBe(true);
});

test('a dry run reports what would change, and changes nothing', async () => {
  const { context, calls, lines, locks, current } = environment();
  await context.locks.take('deploy');
  await rollBack(context, { services: ['api'], dryRun: true });
  expect(lines).toContain('api: api:v2 → api:v1');
  expect(calls).toEqual([]);
  expect(locks.isFree()).toBe(false);
  expect(current()?.id).toBe('v2');
});

test('after a deploy that died, the release that the pointer names comes back', async () => {
  const { context, running, current } = environment();
  await context.deployments.api.update('api:v3');
  expect(running.api).toBe('api:v3');
  await rollBack(context, { services: apps });
  expect(running).toEqual(releaseOf('v2').taskDefinitions);
  expect(current()?.restores).toBe('v2');
});

test('if one service fails, the other one that was rolled back stays there', async () => {
  const failed = environment({ ends: { 'ml-worker:v1': 'ROLLBACK_SUCCESSFUL' } });
  await expect(rollBack(failed.context, { services: apps })).rejects.toMatchObject({
    reason: 'rolledBack',
  });
  expect(failed.running).toEqual({ api: 'api:v1', 'ml-worker': 'ml-worker:v2' });
});

test('warns if a service that it leaves alone does not run what the current release has', async () => {
  const { context, annotations } = environment();
  await context.deployments['ml-worker'].update('ml-worker:v3');
  await rollBack(context, { services: ['api'] });
  expect(annotations).toEqual([expect.stringContaining('it runs ml-worker:v3')]);
});

test('a release whose image is gone is refused before anything is stopped', async () => {
  const { context, calls } = environment();
  const assertRunnable = () =>
    Promise.reject(new PipelineError('noRelease', 'ECR does not have it.'));
  await expect(rollBack({ ...context, assertRunnable }, { services: apps })).rejects.toMatchObject({
    reason: 'noRelease',
  });
  expect(calls).toEqual([]);
});
