import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { eventually, isAlive } from './running-cloud';

jest.setTimeout(60_000);

const project = resolve(__dirname, '..');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-cloud-exec-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the program from its sources, as the bundle would run. */
function localCloud(...args: string[]): ChildProcess {
  const tsx = ['--import', 'tsx', join(project, 'src/main.ts'), ...args];
  return spawn(process.execPath, tsx, {
    cwd: folder,
    env: { ...process.env, TSX_TSCONFIG_PATH: join(project, 'tsconfig.json'), NODE_PATH: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const exitOf = (child: ChildProcess) =>
  new Promise<number | null>((done) => child.once('close', (code) => done(code)));

const firstLine = (child: ChildProcess) =>
  new Promise<string>((done) => {
    if (child.stdout) createInterface({ input: child.stdout }).once('line', done);
  });

const readState = (stateFolder: string) =>
  JSON.parse(readFileSync(join(stateFolder, 'local-cloud.json'), 'utf8')) as {
    pid: number;
    motoPid: number;
    endpoint: string;
  };

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

it('runs until it is told to end, and refuses a second one in the same folder', async () => {
  const first = localCloud('up', '--port', '0', '--state-dir', folder);
  const state = await eventually(
    () =>
      Promise.resolve()
        .then(() => readState(folder))
        .catch(() => undefined),
    (found) => found !== undefined,
  );
  expect((await fetch(`${state?.endpoint ?? ''}/_local/health`)).status).toBe(200);
  expect(await exitOf(localCloud('up', '--port', '0', '--state-dir', folder))).toBe(3);
  first.kill('SIGTERM');
  expect(await exitOf(first)).toBe(0);
  expect(isAlive(state?.motoPid ?? 0)).toBe(false);
  expect(() => readState(folder)).toThrow();
});
