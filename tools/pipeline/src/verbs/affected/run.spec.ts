import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '@clarity/host';
import { askedOfNx, fakeNx } from '../../../test/fake-nx';
import { inMemoryEnvironment, releaseOf } from '../../../test/in-memory-environment';
import { collectOutputs } from '../../../test/test-start';
import { findAffected } from './run';

let root: string;
let head: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'affected-'));
  await git('init', '--quiet');
  const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@clarity.example'];
  await git(...author, 'commit', '--quiet', '--allow-empty', '--message', 'Start');
  head = (await git('rev-parse', 'HEAD')).trim();
  await fakeNx(root, `echo '["@clarity/api"]'`);
});
afterEach(() => rm(root, { recursive: true }));

const git = (...args: string[]) => runProgram('git', args, { cwd: root, timeoutMs: 20_000 });

function sinceRelease(commit?: string) {
  const { context, lines } = inMemoryEnvironment({
    root,
    history: commit ? [releaseOf(commit)] : [],
  });
  const openAws = () => {
    if (commit === undefined) throw new Error('This test has no AWS.');
    return context;
  };
  const start = { ...context, openAws };
  const { outputs, output } = collectOutputs();
  const find = (options: { env?: 'dev'; base?: string } = { env: 'dev' }) =>
    findAffected(start, { env: undefined, base: undefined, head: 'HEAD', ...options }, output);
  return { find, outputs, lines };
}

test('compares with the commit of the current release', async () => {
  const { find, outputs, lines } = sinceRelease(head);
  await find();
  expect(outputs).toEqual({
    base: head,
    projects: '["@clarity/api"]',
    apps: '["api"]',
    stacks: '[]',
    deploy: 'true',
  });
  expect(lines).toEqual(['apps: api; stacks: none']);
  await expect(askedOfNx(root)).resolves.toContain(`--affected --base=${head} --head=HEAD`);
});

test('a clone without the released commit counts everything as changed', async () => {
  const { find, outputs, lines } = sinceRelease('f'.repeat(40));
  await find();
  expect(outputs).toMatchObject({ base: '', deploy: 'true' });
  expect(lines[0]).toMatch(/^everything counts as changed: .* no commit fffffff/);
  await expect(askedOfNx(root)).resolves.toBe('show projects --json\n');
});

test('an explicit base needs no AWS', async () => {
  const { find, outputs } = sinceRelease();
  await find({ base: head });
  expect(outputs['base']).toBe(head);
});

test.each([
  [{ base: 'f'.repeat(40) }, /no commit "f+"/, /git fetch --unshallow/],
  [{}, /Give --env, or --base/, undefined],
])('%o is a usage error', async (options, message, advice) => {
  const { find, outputs } = sinceRelease(head);
  await expect(find(options)).rejects.toMatchObject({
    reason: 'usage',
    message: expect.stringMatching(message),
    advice: advice && expect.stringMatching(advice),
  });
  expect(outputs).toEqual({});
});

test('a failure of Nx is reported with what it printed, and gives no outputs', async () => {
  await fakeNx(root, 'echo "Cannot read nx.json" >&2; exit 1');
  const { find, outputs } = sinceRelease(head);
  await expect(find()).rejects.toThrow('Cannot read nx.json');
  expect(outputs).toEqual({});
});
