import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmbeddedGitHub } from '@clarity/local-github/client';

jest.setTimeout(60_000);

const root = resolve(__dirname, '../../../..');
let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'github-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A repository with one workflow, which writes down its process id and then takes a minute. */
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

const configOf = (repositoryFolder: string) => ({
  repositoryFolder,
  workFolder: join(folder, 'work'),
  variables: {},
  machine: { PATH: process.env['PATH'] ?? '' },
  cacheSeeds: {},
  approved: [],
});

test('an interruption in the middle of a job ends the job and leaves no process', async () => {
  const { path, sha } = await slowRepository();
  const interrupted = new AbortController();
  const { signal } = interrupted;
  const github = await startEmbeddedGitHub({ root, config: configOf(path), signal });
  const push = { kind: 'push', branch: 'main', before: sha, sha, actor: 'ada' } as const;
  const onLine = ({ line }: { line: string }) => {
    if (line === 'begun') interrupted.abort(new Error('Interrupted by SIGINT.'));
  };
  await expect(github.fire(push, { onLine })).rejects.toThrow('Interrupted by SIGINT');
  await github.stop();
  const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('what the embedded GitHub refuses is an error that names the call', async () => {
  const { path } = await slowRepository();
  const github = await startEmbeddedGitHub({ root, config: configOf(path) });
  try {
    await expect(github.fire({ kind: 'release' } as never)).rejects.toThrow('/events');
    await expect(github.mergePullRequest(7, 'a'.repeat(40), 'ben')).rejects.toThrow(
      'no open pull request',
    );
    await expect(github.read('/pulls/7')).rejects.toThrow('/pulls/7 was answered 404');
  } finally {
    await github.stop();
  }
});
