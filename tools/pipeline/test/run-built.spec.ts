import { cp, mkdir, mkdtemp, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { tryProgram } from '@clarity/host';
import { exits } from '../src/errors';

/** `npm run pipeline` in a copy of this workspace whose API does not build. */
const root = resolve(__dirname, '../../..');
const parts = ['libs', 'nx.json', 'package.json', 'tools/pipeline', 'tools/workspace'];
let copy: string;
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'broken-app-'));
  for (const part of [...parts, 'package-lock.json', 'tsconfig.base.json'])
    await cp(join(root, part), join(copy, part), { recursive: true });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  await mkdir(join(copy, 'apps/api/src'), { recursive: true });
  await cp(join(root, 'apps/api/project.json'), join(copy, 'apps/api/project.json'));
  await writeFile(join(copy, 'apps/api/src/main.ts'), "import './missing';\n");
});
afterAll(() => rm(copy, { recursive: true, force: true }));

const npmRunPipeline = (...args: string[]) => runOn('', ...args);
const runOn = (endpoint: string, ...args: string[]) =>
  tryProgram(
    process.execPath,
    [join(copy, 'tools/workspace/run-built.mjs'), 'tools/pipeline', ...args],
    { cwd: copy, env: { AWS_ENDPOINT_URL: endpoint }, timeoutMs: 60_000 },
  );

test('a broken app does not stop a rollback', async () => {
  const { exitCode, stdout } = await npmRunPipeline('rollback', '--help');
  expect(stdout).toContain('bring back the last good release');
  expect(exitCode).toBe(exits.ok.code);
});

test('a broken app does not stop releases list', async () => {
  const { exitCode, stderr } = await npmRunPipeline('releases', 'list', '--env', 'local');
  expect(stderr).toContain('the embedded AWS');
  expect(exitCode).toBe(exits.environment.code);
});

test('an AWS that does not answer is reported in a sentence, without a stack trace', async () => {
  const deadEndpoint = 'http://127.0.0.1:1';
  const { exitCode, stderr } = await runOn(deadEndpoint, 'unlock', '--env', 'local');
  expect(stderr.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/DynamoDB GetItem: ECONNREFUSED: .*127\.0\.0\.1:1$/),
    expect.stringContaining('Check the network'),
  ]);
  expect(exitCode).toBe(exits.environment.code);
});

test('the pipeline is bundled again only if its sources have changed', async () => {
  const bundledAt = async () => (await stat(join(copy, 'dist/tools/pipeline/main.js'))).mtimeMs;
  await npmRunPipeline('--help');
  const first = await bundledAt();
  await npmRunPipeline('--help');
  await expect(bundledAt()).resolves.toBe(first);
  const now = new Date();
  await utimes(join(copy, 'tools/pipeline/src/main.ts'), now, now);
  await npmRunPipeline('--help');
  expect(await bundledAt()).toBeGreaterThan(first);
});
