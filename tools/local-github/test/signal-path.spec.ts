import { cp, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runScript } from '../src/runner/steps/run-script';

/** A workspace with one built program, which unlocks when it is interrupted. */
const root = resolve(__dirname, '../../..');
let workspace: string;
beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'signal-path-'));
  for (const folder of ['libs', 'tools/workspace', 'tools/app', 'dist/tools/app'])
    await mkdir(join(workspace, folder), { recursive: true });
  for (const file of ['package-lock.json', 'tsconfig.base.json'])
    await writeFile(join(workspace, file), '{}');
  const runBuilt = 'tools/workspace/run-built.mjs';
  await cp(join(root, runBuilt), join(workspace, runBuilt));
  await writeFile(join(workspace, 'tools/app/project.json'), '{"name":"app"}');
  const program =
    "process.on('SIGINT', () => { console.log('unlocked'); process.exit(130); }); console.log('ready'); setTimeout(() => {}, 60000);";
  const built = join(workspace, 'dist/tools/app/main.js');
  await writeFile(built, program);
  // It is bundled again unless it is newer than its sources, and these were written in the same moment.
  const later = new Date(Date.now() + 60_000);
  await utimes(built, later, later);
});
afterEach(() => rm(workspace, { recursive: true, force: true }));

test('the SIGINT of a cancelled step reaches the program that the step runs', async () => {
  const cancel = new AbortController();
  const lines: string[] = [];
  const script = 'exec node tools/workspace/run-built.mjs tools/app';
  const code = await runScript('bash', ['-e', '-c', script], {
    cwd: workspace,
    env: { PATH: process.env['PATH'] ?? '' },
    signal: cancel.signal,
    killed: new AbortController().signal,
    onLine: (line) => {
      lines.push(line);
      if (line === 'ready') cancel.abort();
    },
  });
  expect(lines).toEqual(['ready', 'unlocked']);
  expect(code).toBe(130);
});
