import { join, resolve } from 'node:path';
import { inTempFolder } from '@clarity/host';
import { startEmbeddedGitHub, type JobLine } from '../client';
import { newRepository } from './repository';

const root = resolve(__dirname, '../../..');

const workflow = `
on: pull_request
permissions: { contents: read }
jobs:
  check:
    runs-on: x
    steps: [{ run: "echo checked", shell: bash }]
`;

test('starts the built program, runs a workflow in it and leaves no process behind', async () => {
  await inTempFolder('github-client', async (folder) => {
    const repository = await newRepository();
    const sha = await repository.commit({ '.github/workflows/ci.yml': workflow });
    const github = await startEmbeddedGitHub({
      root,
      config: {
        repositoryFolder: repository.folder,
        workFolder: join(folder, 'work'),
        variables: {},
        machine: { PATH: process.env['PATH'] ?? '' },
        cacheSeeds: {},
        approved: [],
      },
    });
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
      expect(lines).toContainEqual({ job: 'check', line: 'checked' });
      await expect(github.read(`/pulls/${number}`)).resolves.toMatchObject({ title: 'One' });
    } finally {
      await github.stop();
      await repository.remove();
    }
    await expect(fetch(github.addresses.api)).rejects.toThrow();
  });
});

test('reports why it did not start', async () => {
  await inTempFolder('github-client', async (folder) => {
    const config = { repositoryFolder: '', workFolder: folder };
    const starting = startEmbeddedGitHub({ root, config: config as never });
    await expect(starting).rejects.toThrow(/repositoryFolder/);
  });
});
