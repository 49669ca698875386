import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './is-alive';
import { startGroup } from './process-group';
import { startLogged } from './start-logged';

const grandchild =
  'const { spawn } = require("node:child_process");' +
  'const child = spawn("sleep", ["600"]); process.on("SIGTERM", () => {});' +
  'setInterval(() => {}, 1000); console.log(String(child.pid));';

async function firstLine(stream: NodeJS.ReadableStream | null): Promise<string> {
  if (!stream) throw new Error('There is no output.');
  return new Promise((resolve) => stream.once('data', (data) => resolve(String(data).trim())));
}

it('ends a group with everything in it, by force if it does not listen', async () => {
  const group = await startGroup(process.execPath, ['--eval', grandchild], {
    env: process.env,
    stdio: 'pipe',
  });
  const below = Number(await firstLine(group.process.stdout));
  const wasAlive = isAlive(below);
  expect(await group.end(300)).toBe(137);
  expect([wasAlive, isAlive(below), isAlive(group.pid)]).toEqual([true, false, false]);
  group.signal('SIGTERM');
});

it('gives a program a lower priority, also if the system schedules sessions first', async () => {
  const script =
    'const fs = require("node:fs"); const file = "/proc/self/autogroup";' +
    'const ofSession = () => (fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "nice 10");' +
    'setTimeout(() => console.log(`${require("node:os").getPriority()} ${ofSession()}`), 100);';
  const group = await startGroup(process.execPath, ['--eval', script], {
    env: process.env,
    stdio: 'pipe',
    priority: 10,
  });
  const line = await firstLine(group.process.stdout);
  await group.exited;
  expect(line).toMatch(/^10 .*nice 10$/);
});

it('refuses a program that cannot be started', async () => {
  await expect(startGroup('/no/such/program', [], { env: {}, stdio: 'ignore' })).rejects.toThrow(
    /ENOENT/,
  );
});

describe('startLogged', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'start-logged-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('keeps the output in a file without colours, and its tail for messages', async () => {
    const log = join(folder, 'logs', 'program.log');
    const seen: string[] = [];
    const script = 'for (let i = 1; i <= 20; i++) console.log(`\\x1b[31mline ${i}\\x1b[0m`)';
    const program = await startLogged(process.execPath, ['--eval', script], {
      cwd: folder,
      env: {},
      log,
      onLine: (line) => seen.push(line),
    });
    expect(await program.exited).toBe(0);
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
    expect(seen).toEqual(lines);
    expect(await readFile(log, 'utf8')).toBe(`${lines.join('\n')}\n`);
    expect(program.tail()).toBe(lines.slice(5).join('\n'));
  });
});
