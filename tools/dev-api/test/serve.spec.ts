import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { freePort, listenOnLoopback } from '@clarity/host';

/** What `npx nx serve @clarity/api` runs once everything is built. */
const root = resolve(__dirname, '../../..');
const { targets } = JSON.parse(readFileSync(join(root, 'apps/api/project.json'), 'utf8')) as {
  targets: { serve: { options: { command: string } } };
};

jest.setTimeout(300_000);
const startLimitMs = 140_000;
const endLimitMs = 10_000;

interface Serving {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exited: Promise<number | null>;
}

let serving: Serving | undefined;
afterEach(async () => {
  serving?.child.kill('SIGKILL');
  await serving?.exited;
});

function serve(port: number, env: NodeJS.ProcessEnv = process.env): Serving {
  const [, ...args] = targets.serve.options.command.split(' ');
  const child = spawn(process.execPath, [...args, '--port', String(port)], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => (output += stripVTControlCharacters(String(text))));
  const exited = once(child, 'close').then(([code]) => code as number | null);
  serving = { child, output: () => output, exited };
  return serving;
}

async function printed({ output, exited }: Serving, pattern: RegExp): Promise<RegExpExecArray> {
  let ended = false;
  void exited.then(() => (ended = true));
  for (const deadline = Date.now() + startLimitMs; Date.now() < deadline; await wait(50)) {
    const found = pattern.exec(output());
    if (found) return found;
    if (ended) break;
  }
  throw new Error(`It did not print ${pattern}:\n${output()}`);
}

/** A process that has ended stays listed as a zombie until its parent takes note. */
function isRunning(pid: number): boolean {
  const stat = statOf(pid);
  return stat !== undefined && stat.state !== 'Z';
}

/** Linux's record of a process; undefined if there is none. */
function statOf(pid: number): { state: string; parent: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in brackets, may hold blanks.
    const [, state = '', parent] = stat.slice(stat.lastIndexOf(')')).split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

/** Process ids of everything that a process started. */
function descendantsOf(pid: number): number[] {
  const all = readdirSync('/proc').map(Number).filter(Number.isInteger);
  const children = (of: number): number[] =>
    all.filter((id) => statOf(id)?.parent === of).flatMap((id) => [id, ...children(id)]);
  return children(pid);
}

it('serves with a token, reloads on a change, and leaves nothing behind after Ctrl-C', async () => {
  const port = await freePort();
  const running = serve(port);
  const [, token] = await printed(running, /Bearer ([\w.-]+)/);
  const address = `http://127.0.0.1:${port}`;
  expect(running.output()).toContain(`${address}/docs`);

  const models = () =>
    fetch(`${address}/v1/models`, { headers: { authorization: `Bearer ${token}` } });
  const answer = await models();
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ models: [{ name: 'pat-s', weights: 'synthetic' }] });
  expect((await fetch(`${address}/docs/`)).status).toBe(200);

  const now = new Date();
  utimesSync(join(root, 'apps/api/src/main.ts'), now, now);
  await printed(running, /reloaded in \d+ ms/);
  expect((await models()).status).toBe(200);

  const started = descendantsOf(running.child.pid ?? 0);
  expect(started.length).toBeGreaterThanOrEqual(4);
  running.child.kill('SIGINT');
  expect(
    await Promise.race([running.exited, wait(endLimitMs, 'still running', { ref: false })]),
  ).toBe(0);
  expect(started.filter(isRunning)).toEqual([]);
});

it('refuses a port that is taken in one sentence', async () => {
  const other = createServer();
  const port = await listenOnLoopback(other, 0);
  const { exited, output } = serve(port);
  expect(await exited).toBe(1);
  expect(output()).toBe(
    `serve: Port ${port} is taken; choose another one: npx nx serve @clarity/api --port ${port + 1}\n`,
  );
  other.close();
});

it('refuses to start without Python, in one sentence', async () => {
  const { exited, output } = serve(await freePort(), { ...process.env, PATH: __dirname });
  expect(await exited).toBe(3);
  expect(output()).toMatch(/^local-cloud: moto 5\.2 or newer is needed[^\n]*\n$/);
});
