import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProcessGuard, startGuard, systemClock } from '@clarity/host';
import { fasterClock } from '../../clock/faster-clock';
import { dockerRuntime } from './docker-runtime';
import type { ContainerSpec, TaskEvents } from './task-runtime';

const container: ContainerSpec = {
  name: 'api',
  image: 'ecr.example/clarity-api@sha256:0',
  essential: true,
  command: undefined,
  entryPoint: undefined,
  environment: { GREETING: 'hello' },
  containerPorts: [8080],
  healthCheck: undefined,
  dependsOn: [],
  stopTimeoutMs: 30_000,
};

let folder: string;
let guard: ProcessGuard;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docker-runtime-'));
  guard = startGuard();
});
afterEach(async () => {
  await guard.close();
  await rm(folder, { recursive: true, force: true });
});

/** A client without an engine: records its arguments and behaves as the test sets it up. */
async function clientThat(does: Readonly<Record<string, string>>): Promise<string> {
  const client = join(folder, 'docker');
  const verbs = Object.entries({ inspect: `cat ${folder}/pid`, ...does });
  const cases = verbs.map(([verb, script]) => `${verb}) ${script} ;;`).join('\n');
  await writeFile(
    client,
    `#!/bin/sh\necho "$@" >> ${folder}/asked\ncase "$1" in\n${cases}\nesac\n`,
  );
  await chmod(client, 0o755);
  return client;
}
const asked = () => readFile(join(folder, 'asked'), 'utf8');
const runs = () => `echo $$ > ${folder}/pid; echo "$GREETING on $PORT"; exec sleep 60`;
const stops = () => `kill -TERM $(cat ${folder}/pid)`;

const silent: TaskEvents = {
  onExit: () => undefined,
  onHealth: () => undefined,
  onLine: () => undefined,
};
const start = (client: string, spec: ContainerSpec, events: TaskEvents = silent) =>
  dockerRuntime({ guard, clock: fasterClock(systemClock, 1), client }).start(
    { taskId: 'task', containers: [spec], collectorEndpoint: '' },
    events,
    new AbortController().signal,
  );

test('runs a container on a port of its own, reads its output, and stops it', async () => {
  const client = await clientThat({ run: runs(), stop: stops() });
  const said: string[] = [];
  const exits: [string, number][] = [];
  const task = await start(client, container, {
    ...silent,
    onLine: (_, line) => said.push(line),
    onExit: (name, code) => exits.push([name, code]),
  });
  const [running] = task.containers;
  expect(running?.pid).toBe(Number(await readFile(join(folder, 'pid'), 'utf8')));
  await task.stop();
  expect(said).toEqual([`hello on ${running?.hostPorts.get(8080)}`]);
  expect(exits).toEqual([['api', 143]]);
  expect(await asked()).toContain('stop --time=30 clarity-task-api');
});

test('asks the container itself whether it is healthy', async () => {
  const client = await clientThat({ run: runs(), stop: stops(), exec: 'exit 0' });
  const healthCheck = {
    command: ['CMD', 'node', 'healthcheck.js'],
    intervalMs: 1_000,
    timeoutMs: 5_000,
    retries: 3,
    startPeriodMs: 0,
  };
  const health = new Promise((resolve) => {
    void start(
      client,
      { ...container, healthCheck },
      { ...silent, onHealth: (_, is) => resolve(is) },
    );
  });
  await expect(health).resolves.toBe('HEALTHY');
  expect(await asked()).toContain('exec clarity-task-api node healthcheck.js');
});

test('an image that cannot be had stops the task, in the words of ECS', async () => {
  const client = await clientThat({
    image: 'exit 1',
    pull: 'echo "manifest unknown" >&2; exit 1',
  });
  await expect(start(client, container)).rejects.toThrow(
    'CannotPullContainerError: manifest unknown',
  );
});

test('a sidecar whose image is not in the engine can be missed', async () => {
  const client = await clientThat({ image: 'exit 1' });
  const { containers } = await start(client, { ...container, essential: false });
  expect(containers).toMatchObject([{ name: 'api', skipped: true }]);
  expect(await asked()).not.toContain('pull');
});

test('a container that the engine cannot start stops the task with the reason', async () => {
  const client = await clientThat({ run: 'echo "executable not found" >&2; exit 127' });
  await expect(start(client, container)).rejects.toThrow(
    'CannotStartContainerError: executable not found',
  );
});

test('a container that ends at once has run: its exit code is reported, not a failure to start', async () => {
  const client = await clientThat({ run: 'exit 78' });
  const exited = new Promise((resolve) => {
    void start(client, container, { ...silent, onExit: (_, code) => resolve(code) });
  });
  await expect(exited).resolves.toBe(78);
});
