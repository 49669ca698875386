import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloneWorkspace } from './repository';

let folder: string;
let workspace: string;
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    cwd: workspace,
    encoding: 'utf8',
  }).trim();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'repository-'));
  workspace = join(folder, 'workspace');
  execFileSync('git', ['init', '--quiet', workspace]);
  await writeFile(join(workspace, 'page.md'), '# Page\n');
  git('add', '--all');
  git('commit', '--quiet', '--message=first');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a clean workspace is cloned at its commit', async () => {
  const repository = await cloneWorkspace(workspace, join(folder, 'clone'));
  await expect(repository.main()).resolves.toBe(git('rev-parse', 'HEAD'));
});

test('changes that are not committed are cloned too, and nothing in the workspace moves', async () => {
  await writeFile(join(workspace, 'new.md'), 'new');
  const before = git('status', '--porcelain', '--branch');
  const repository = await cloneWorkspace(workspace, join(folder, 'clone'));
  await expect(readFile(join(repository.folder, 'new.md'), 'utf8')).resolves.toBe('new');
  expect(git('status', '--porcelain', '--branch')).toBe(before);
});

test('a branch starts at main, continues where it was, and is merged by a merge commit', async () => {
  const repository = await cloneWorkspace(workspace, join(folder, 'clone'));
  const edit = (from: string, to: string) => [{ path: 'page.md', from, to }];
  await repository.commit('change', 'One', edit('# Page', '# One'));
  const second = await repository.commit('change', 'Two', edit('# One', '# Two'));
  const merged = await repository.merge('change');
  expect(merged).not.toBe(second);
  await expect(repository.main()).resolves.toBe(merged);
  await expect(readFile(join(repository.folder, 'page.md'), 'utf8')).resolves.toBe('# Two\n');
});

test('an edit of a text that is gone is an error, as there would be nothing to commit', async () => {
  const repository = await cloneWorkspace(workspace, join(folder, 'clone'));
  const edits = [{ path: 'page.md', from: '# Gone', to: '# Here' }];
  await expect(repository.commit('change', 'One', edits)).rejects.toThrow(
    'page.md no longer contains',
  );
});

test('commits on two branches at the same time do not mix', async () => {
  const repository = await cloneWorkspace(workspace, join(folder, 'clone'));
  const commits = ['one', 'two', 'three'].map((name) =>
    repository.commit(name, name, [{ path: 'page.md', from: '# Page', to: `# ${name}` }]),
  );
  const pages = (await Promise.all(commits)).map((sha) =>
    execFileSync('git', ['show', `${sha}:page.md`], { cwd: repository.folder, encoding: 'utf8' }),
  );
  expect(pages).toEqual(['# one\n', '# two\n', '# three\n']);
});
