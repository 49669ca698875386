import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmbeddedGitHub } from './embedded-github';

jest.setTimeout(60_000);

const root = resolve(__dirname, '../../../..');
let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'github-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A repository whose one workflow notes its process id and then takes a minute. */
async function slowRepository(): Promise<{ readonly path: string; readonly sha: string }> {
  const path = join(folder, 'repository');
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: path,
      encoding: 'utf8',
    }).trim();
  await mkdir(join(path, '.github/workflows'), { recursive: true });
  const step = `echo $$ > ${join(folder, 'pid')}; echo begun; sleep 61`;
  await writeFile(
    join(path, '.github/workflows/slow.yml'),
    `on: push\njobs:\n  slow:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: ${step}\n`,
  );
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=slow');
  return { path, sha: git('rev-parse', 'HEAD') };
}

test('interrupted in the middle of a job, it says so and leaves no process', async () => {
  const { path, sha } = await slowRepository();
  const interrupted = new AbortController();
  const github = await startEmbeddedGitHub({
    root,
    repositoryFolder: path,
    workFolder: join(folder, 'work'),
    logs: join(folder, 'logs'),
    endpoint: 'http://127.0.0.1:1',
    signal: interrupted.signal,
  });
  const push = { kind: 'push', branch: 'main', before: sha, sha, actor: 'ada' };
  const note = (text: string) => {
    if (text.endsWith('begun')) interrupted.abort(new Error('Interrupted by SIGINT.'));
  };
  await expect(github.fire(push, note)).rejects.toThrow('Interrupted by SIGINT');
  await github.stop();
  const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('what it cannot play is an error of the story, in its words', async () => {
  const { path } = await slowRepository();
  const github = await startEmbeddedGitHub({
    root,
    repositoryFolder: path,
    workFolder: join(folder, 'work'),
    logs: join(folder, 'logs'),
    endpoint: 'http://127.0.0.1:1',
    signal: new AbortController().signal,
  });
  try {
    await expect(github.fire({ kind: 'release' }, () => undefined)).rejects.toThrow('/events');
    await expect(github.mergePullRequest(7, 'a'.repeat(40))).rejects.toThrow(
      'no open pull request',
    );
    await expect(github.ask('/pulls/7')).rejects.toThrow('/pulls/7 was answered 404');
  } finally {
    await github.stop();
  }
});
