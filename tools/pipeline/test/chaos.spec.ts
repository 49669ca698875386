import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { EnvironmentName } from '../src/core/environment';
import { exits } from '../src/errors';
import { apps } from '../src/core/names';
import { rollOutRelease } from '../src/core/releases/roll-out-release';
import { rollBack } from '../src/verbs/rollback/run';
import { smallEnvironment, until } from './small-environment';

jest.setTimeout(120_000);

const program = resolve(__dirname, '../../../dist/tools/pipeline/main.js');
const endpoint = process.env['AWS_ENDPOINT_URL'] ?? '';
const everything = { services: apps };

type Environment = Awaited<ReturnType<typeof smallEnvironment>>;
let environment: Environment;
// Each test has its own environment, so that nothing that one leaves behind affects another.
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
const currentOf = async ({ context }: Environment) => (await context.pointer.read())?.restores;

test('throttling and server errors of AWS delay the verdict but do not change it', async () => {
  const { context, running, v1 } = await fresh();
  const back = rollBack(context, everything);
  await until(async () => (await running()).api === v1.taskDefinitions.api);
  await faults('POST', { service: 'ecs', status: 400, code: 'ThrottlingException', times: 8 });
  await faults('POST', { service: 'ecs', status: 500, code: 'ServerException', times: 8 });
  await expect(back).resolves.toMatchObject({ outcome: 'SUCCESSFUL', restores: v1.id });
});

test('a rollout survives an outage of the AWS endpoint', async () => {
  const { context, running, v1 } = await fresh();
  const back = rollBack(context, everything);
  await until(async () => (await running()).api === v1.taskDefinitions.api);
  await faults('POST', { frontDownMs: 1_500 });
  await expect(back).resolves.toMatchObject({ outcome: 'SUCCESSFUL' });
});

test('a killed run does not move the pointer, and the next run completes its work', async () => {
  const { context, running, v1, v2 } = await fresh();
  const { environment: name } = context;
  const killed = pipeline('rollback', '--env', name);
  await until(async () => (await running()).api === v1.taskDefinitions.api);
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  await expect(context.pointer.read()).resolves.toMatchObject({ id: v2.id });

  // The dead run holds the environment until its lease ends, unless a person breaks the lock.
  expect(await exitOf(pipeline('rollback', '--env', name))).toBe(exits.locked.code);
  await context.locks.break();
  expect(await exitOf(pipeline('rollback', '--env', name))).toBe(0);
  await expect(currentOf(environment)).resolves.toBe(v1.id);
});

test('a rollback takes the lock from a running deploy, which reports it', async () => {
  const { context, make, v2, running } = await fresh();
  const lock = await context.locks.take('deploy');
  const candidate = await make('v3');
  const deploy = rollOutRelease(context, lock, candidate, {
    services: apps,
    allOrNothing: true,
  }).catch((error: unknown) => error);
  await until(async () => (await running()).api === candidate.taskDefinitions.api);

  const back = rollBack(context, everything);
  await expect(back).resolves.toMatchObject({ outcome: 'SUCCESSFUL', restores: v2.id });
  await expect(deploy).resolves.toMatchObject({
    reason: expect.stringMatching(/superseded|stopped|rolledBack/),
  });
  await expect(running()).resolves.toEqual(v2.taskDefinitions);
  await expect(currentOf(environment)).resolves.toBe(v2.id);
});
