import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '@clarity/host';
import { commitsSince } from './commits-since';

let root: string;
const git = (...args: string[]) =>
  runProgram('git', ['-c', 'user.name=ada', '-c', 'user.email=ada@example.org', ...args], {
    cwd: root,
  });
async function commit(message: string): Promise<string> {
  await git('commit', '--allow-empty', '-m', message);
  return git('rev-parse', 'HEAD');
}
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'commits-since-'));
  await git('init', '--initial-branch=main');
});
afterEach(() => rm(root, { recursive: true }));

test('every commit of main since the release counts, and of a merge only the merge', async () => {
  const released = await commit('released');
  const squashed = await commit('first pull request');
  await git('checkout', '-b', 'branch');
  await commit('a commit of the second pull request');
  await git('checkout', 'main');
  await git('merge', '--no-ff', '-m', 'second pull request', 'branch');
  const merge = await git('rev-parse', 'HEAD');
  expect(await commitsSince(root, released, merge)).toEqual([merge, squashed]);
});

test('without a release, or one that this clone has, only the deployed commit counts', async () => {
  const head = await commit('head');
  expect(await commitsSince(root, undefined, head)).toEqual([head]);
  expect(await commitsSince(root, 'a'.repeat(40), head)).toEqual([head]);
  expect(await commitsSince(root, head, head)).toEqual([head]);
});
