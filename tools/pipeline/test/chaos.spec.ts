import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { SSMClient } from '@aws-sdk/client-ssm';
import { rollOutRelease } from '../src/verbs/deploy/run';
import { region, type EnvironmentName } from '../src/core/environment';
import { exitCodes } from '../src/core/errors';
import { breakLock, lockEnvironment } from '../src/core/locks/environment-lock';
import { apps, namesOf } from '../src/core/names';
import { readPointer } from '../src/core/releases/pointer';
import { rollback } from '../src/verbs/rollback/run';
import { smallEnvironment, until } from './small-environment';

jest.setTimeout(120_000);

const program = resolve(__dirname, '../../../dist/tools/pipeline/main.js');
const endpoint = process.env['AWS_ENDPOINT_URL'] ?? '';
const ssm = new SSMClient({ region });
const everything = { services: apps };

type Environment = Awaited<ReturnType<typeof smallEnvironment>>;
let environment: Environment;
// Each test has an environment of its own, so that what one leaves behind is in nobody's way.
const names: EnvironmentName[] = ['dev', 'staging', 'prod', 'local'];
async function fresh(): Promise<Environment> {
  const name = names.shift();
  if (!name) throw new Error('There are more tests here than names of environments.');
  environment = await smallEnvironment(name);
  return environment;
}
afterEach(async () => {
  await faults('DELETE');
  await environment.remove();
});

async function faults(method: 'POST' | 'DELETE', fault?: object): Promise<void> {
  const body = fault ? { body: JSON.stringify(fault) } : {};
  const { ok, status } = await fetch(`${endpoint}/_local/faults`, { method, ...body });
  if (!ok) throw new Error(`The embedded AWS answered ${status} to ${method} /_local/faults.`);
}

/** The program itself, as a runner starts it. */
function pipeline(...args: string[]): ChildProcess {
  const { workspace } = environment.context;
  return spawn(process.execPath, [program, ...args], { cwd: workspace.root, stdio: 'ignore' });
}
const exitOf = async (child: ChildProcess) => ((await once(child, 'exit')) as [number | null])[0];
const currentOf = async ({ context }: Environment) =>
  (await readPointer(ssm, context.environment))?.restores;

test('AWS throttles and answers 500 in the middle: the verdict is late, not wrong', async () => {
  const { context, running, v1 } = await fresh();
  const back = rollback(context, everything);
  await until(async () => (await running()).api === v1.taskDefinitions.api);
  await faults('POST', { service: 'ecs', status: 400, code: 'ThrottlingException', times: 8 });
  await faults('POST', { service: 'ecs', status: 500, code: 'ServerException', times: 8 });
  await expect(back).resolves.toMatchObject({ outcome: 'SUCCESSFUL', restores: v1.id });
});

test('the AWS endpoint goes away during a rollout and comes back', async () => {
  const { context, running, v1 } = await fresh();
  const back = rollback(context, everything);
  await until(async () => (await running()).api === v1.taskDefinitions.api);
  await faults('POST', { frontDownMs: 1_500 });
  await expect(back).resolves.toMatchObject({ outcome: 'SUCCESSFUL' });
});

test('a killed run leaves the pointer alone; the next one ends what it began', async () => {
  const { context, running, v1, v2, dynamo } = await fresh();
  const { environment: name } = context;
  const killed = pipeline('rollback', '--env', name);
  await until(async () => (await running()).api === v1.taskDefinitions.api);
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  await expect(readPointer(ssm, name)).resolves.toMatchObject({ id: v2.id });

  // Until its lease ends the dead run still holds the environment; a person may know better.
  expect(await exitOf(pipeline('rollback', '--env', name))).toBe(exitCodes.locked);
  await breakLock(dynamo, namesOf(name).table);
  expect(await exitOf(pipeline('rollback', '--env', name, '--to', v1.id))).toBe(0);
  await expect(currentOf(environment)).resolves.toBe(v1.id);
});

test('a rollback takes the environment from a deploy in flight, which says so', async () => {
  const { context, dynamo, make, v2, running } = await fresh();
  const { table } = namesOf(context.environment);
  const lock = await lockEnvironment(dynamo, { table, kind: 'deploy', holder: 'a deploy' });
  const candidate = await make('v3');
  const deploy = rollOutRelease(context, dynamo, lock, candidate).catch((error: unknown) => error);
  await until(async () => (await running()).api === candidate.taskDefinitions.api);

  const back = rollback(context, everything);
  await expect(back).resolves.toMatchObject({ outcome: 'SUCCESSFUL', restores: v2.id });
  await expect(deploy).resolves.toMatchObject({
    reason: expect.stringMatching(/superseded|stopped|rolledBack/),
  });
  await expect(running()).resolves.toEqual(v2.taskDefinitions);
  await expect(currentOf(environment)).resolves.toBe(v2.id);
});
