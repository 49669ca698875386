import { join, resolve } from 'node:path';
import { eventually, inTempFolder, isAlive } from '@clarity/host';
import { startEmbeddedGitHub, type JobLine } from '../client';
import { newRepository, type Repository } from './repository';

const root = resolve(__dirname, '../../..');

const workflow = `
on: pull_request
permissions: { contents: read }
jobs:
  check:
    runs-on: ubuntu-24.04
    steps: [{ run: "echo checked", shell: bash }]
`;

const configOf = (repository: Repository, folder: string) => ({
  repositoryFolder: repository.folder,
  workFolder: join(folder, 'work'),
  variables: {},
  machine: { PATH: process.env['PATH'] ?? '' },
  cacheSeeds: {},
  approved: [],
});

test('starts the built program, runs a workflow in it and leaves no process behind', async () => {
  await inTempFolder('github-client', async (folder) => {
    const repository = await newRepository();
    const sha = await repository.commit({ '.github/workflows/ci.yml': workflow });
    const github = await startEmbeddedGitHub({ root, config: configOf(repository, folder) });
    try {
      const commit = { ref: 'main', sha };
      const pull = { title: 'One', user: 'ada', head: { ...commit, ref: 'one' }, base: commit };
      const number = await github.openPullRequest(pull);
      const lines: JobLine[] = [];
      const [run] = await github.fire(
        { kind: 'pull_request', action: 'opened', number, sha },
        { onLine: (line) => lines.push(line) },
      );
      expect(run).toMatchObject({ file: 'ci.yml', conclusion: 'success' });
      expect(run?.jobs[0]?.steps[0]).toMatchObject({ seconds: expect.any(Number) });
      expect(lines).toContainEqual({ run: run?.id, job: 'check', line: 'checked' });
      await expect(github.read(`/pulls/${number}`)).resolves.toMatchObject({ title: 'One' });
    } finally {
      await github.stop();
      await repository.remove();
    }
    await expect(fetch(github.addresses.api)).rejects.toThrow();
  });
});

const slowWorkflow = `
on: push
jobs:
  wait:
    runs-on: ubuntu-24.04
    steps: [{ run: "echo pid $$; sleep 60", shell: bash }]
`;

test('an aborted event ends its job, and the embedded GitHub keeps running', async () => {
  await inTempFolder('github-client', async (folder) => {
    const repository = await newRepository();
    const sha = await repository.commit({ '.github/workflows/wait.yml': slowWorkflow });
    const github = await startEmbeddedGitHub({ root, config: configOf(repository, folder) });
    try {
      const stop = new AbortController();
      let pid: number | undefined;
      const onLine = ({ line }: JobLine) => {
        pid ??= Number(/^pid (\d+)$/.exec(line)?.[1] ?? NaN) || undefined;
        if (pid !== undefined) stop.abort(new Error('enough'));
      };
      const push = { kind: 'push', branch: 'main', before: sha, sha, actor: 'ada' } as const;
      const fired = github.fire(push, { onLine, signal: stop.signal });
      await expect(fired).rejects.toThrow('enough');
      const hasEnded = async () => !isAlive(pid ?? 0) || undefined;
      await eventually(hasEnded, { limitMs: 10_000, pauseMs: 50, what: 'The end of the job' });
      await expect(github.issueToken('ada')).resolves.toMatch(/\w/);
    } finally {
      await github.stop();
      await repository.remove();
    }
  });
});

test('reports why it did not start', async () => {
  await inTempFolder('github-client', async (folder) => {
    const config = { repositoryFolder: '', workFolder: folder };
    const starting = startEmbeddedGitHub({ root, config: config as never });
    await expect(starting).rejects.toThrow(/repositoryFolder/);
  });
});
