import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { isAlive } from '@clarity/host';
import { writeImage } from './process-image';
import { eventually } from './running-cloud';

jest.setTimeout(60_000);

const program = resolve(__dirname, '../../../dist/tools/local-cloud/main.js');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-cloud-exec-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the built program, as its users do. */
function localCloud(...args: string[]): ChildProcess {
  return spawn(process.execPath, [program, ...args], {
    env: { ...process.env, CLARITY_IMAGE_STORE: join(folder, 'images') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const exitOf = (child: ChildProcess) =>
  new Promise<number | null>((done) => child.once('close', (code) => done(code)));

const firstLine = (child: ChildProcess) =>
  new Promise<string>((resolve, reject) => {
    const complaints: string[] = [];
    child.stderr?.on('data', (text) => complaints.push(String(text)));
    child.once('close', () => reject(new Error(complaints.join(''))));
    if (child.stdout) createInterface({ input: child.stdout }).once('line', resolve);
  });

const readState = (stateFolder: string) =>
  JSON.parse(readFileSync(join(stateFolder, 'local-cloud.json'), 'utf8')) as {
    pid: number;
    motoPid: number;
    endpoint: string;
  };

/** The state of a cloud in the folder, once it is ready. */
async function running() {
  const state = await eventually(
    () =>
      Promise.resolve()
        .then(() => readState(folder))
        .catch(() => undefined),
    (found) => found !== undefined,
  );
  if (!state) throw new Error('not ready');
  return state;
}

it("runs a command with the SDKs' environment and exits with its code", async () => {
  const script = `
    if (!process.env.AWS_ENDPOINT_URL.startsWith('http://127.0.0.1:')) process.exit(1);
    if (process.env.AWS_REGION !== 'us-east-1') process.exit(2);
    fetch(process.env.AWS_ENDPOINT_URL + '/_local/health').then((r) => process.exit(r.ok ? 42 : 3));`;
  const child = localCloud('exec', '--', 'node', '-e', script);
  expect(await exitOf(child)).toBe(42);
});

it('says so when the command does not exist', async () => {
  const child = localCloud('exec', '--', 'no-such-program');
  expect(await exitOf(child)).toBe(3);
});

it('forwards a signal to the command, waits for it and leaves nothing behind', async () => {
  const script = `
    process.on('SIGINT', () => setTimeout(() => process.exit(9), 100));
    setInterval(() => {}, 1000);
    console.log(process.pid);`;
  const child = localCloud('exec', '--state-dir', folder, '--', 'node', '-e', script);
  const command = Number(await firstLine(child));
  const { motoPid } = readState(folder);
  child.kill('SIGINT');
  expect(await exitOf(child)).toBe(9);
  expect([command, motoPid].filter(isAlive)).toEqual([]);
});

it('takes the command and moto with it even when it is killed', async () => {
  const script = `process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000); console.log(process.pid);`;
  const child = localCloud('exec', '--state-dir', folder, '--', 'node', '-e', script);
  const command = Number(await firstLine(child));
  const { motoPid } = readState(folder);
  child.kill('SIGKILL');
  await eventually(
    () => Promise.resolve([command, motoPid].filter(isAlive)),
    (alive) => alive.length === 0,
  );
});

it('takes the tasks of its services with it even when it is killed', async () => {
  const imageStore = join(folder, 'images');
  const image = writeImage(imageStore, 'idle', 'setInterval(() => {}, 1000);');
  const up = localCloud('up', '--port', '0', '--state-dir', folder);
  const { endpoint } = await running();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const ecs = new ECSClient({ endpoint, region: 'us-east-1', credentials });
  await ecs.send(new CreateClusterCommand({ clusterName: 'c' }));
  const containerDefinitions = [{ name: 'idle', image, memory: 64 }];
  await ecs.send(new RegisterTaskDefinitionCommand({ family: 'idle', containerDefinitions }));
  await ecs.send(
    new CreateServiceCommand({
      cluster: 'c',
      serviceName: 'idle',
      taskDefinition: 'idle',
      desiredCount: 1,
    }),
  );
  const pidOfTask = async () => {
    const page = await fetch(`${endpoint}/_local/tasks`);
    const tasks = (await page.json()) as { containers: { pid?: number }[] }[];
    return tasks[0]?.containers[0]?.pid;
  };
  const pid = await eventually(pidOfTask, (found) => found !== undefined);
  up.kill('SIGKILL');
  await eventually(
    () => Promise.resolve(isAlive(pid ?? 0)),
    (alive) => !alive,
  );
});

it('runs until SIGTERM, and refuses a second one in the same folder', async () => {
  const first = localCloud('up', '--port', '0', '--state-dir', folder);
  const { endpoint, motoPid } = await running();
  expect((await fetch(`${endpoint}/_local/health`)).status).toBe(200);
  expect(await exitOf(localCloud('up', '--port', '0', '--state-dir', folder))).toBe(3);
  first.kill('SIGTERM');
  expect(await exitOf(first)).toBe(0);
  expect(isAlive(motoPid)).toBe(false);
  expect(() => readState(folder)).toThrow();
});
