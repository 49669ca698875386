import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkflowRun } from '../src/contract';
import { embeddedGitHub } from '../src/runner/embedded-github';
import { startServer, type LocalGitHub } from '../src/server/start-server';
import { startControl, type Control } from '../src/up/control';
import { newRepository, type Repository } from './repository';

let repository: Repository;
let workFolder: string;
let server: LocalGitHub;
let control: Control;

beforeEach(async () => {
  repository = await newRepository();
  workFolder = await mkdtemp(join(tmpdir(), 'control-'));
  server = await startServer();
  const runner = embeddedGitHub({
    server,
    repositoryFolder: repository.folder,
    workFolder,
    variables: {},
    secrets: {},
    machine: { PATH: process.env['PATH'] ?? '' },
    approve: async () => true,
    signal: new AbortController().signal,
  });
  control = await startControl({ server, runner });
});
afterEach(async () => {
  await control.close();
  await server.close();
  await repository.remove();
  await rm(workFolder, { recursive: true, force: true });
});

const post = (path: string, body: unknown) =>
  fetch(`${control.url}${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

async function fire(event: unknown) {
  const text = await (await post('/events', event)).text();
  const printed = text.trim().split('\n');
  return printed.map((line) => JSON.parse(line) as Record<string, unknown>);
}

const workflow = `
on: pull_request
jobs:
  greet:
    runs-on: ubuntu-24.04
    steps:
      - run: echo "Hello, pull request \${{ github.event.number }}"
`;

test('a pull request is opened, its workflow is followed line by line, and it is merged', async () => {
  const sha = await repository.commit({ '.github/workflows/ci.yml': workflow });
  const commit = { ref: 'main', sha };
  const opened = await post('/pull-requests', {
    title: 'Greet',
    user: 'ada',
    head: { ...commit, ref: 'greet' },
    base: commit,
  });
  const { number } = (await opened.json()) as { number: number };
  const printed = await fire({ kind: 'pull_request', action: 'opened', number, sha });
  expect(printed).toContainEqual({ run: 1, job: 'greet', line: `Hello, pull request ${number}` });
  const [run] = printed.at(-1)?.['runs'] as WorkflowRun[];
  expect(run).toMatchObject({ file: 'ci.yml', conclusion: 'success' });

  await post(`/pull-requests/${number}/merge`, { sha, by: 'ben' });
  const { token } = (await (await post('/tokens', { login: 'ben' })).json()) as { token: string };
  const address = `${server.url}/repos/clarity/clarity/pulls/${number}`;
  const pull = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
  await expect(pull.json()).resolves.toMatchObject({ merged: true, merge_commit_sha: sha });
});

test('hands out the identity of a job to what acts as one', async () => {
  const asked = await post('/identities', { subject: 'environment:dev', actor: 'ada' });
  const { token } = (await asked.json()) as { token: string };
  const claims: unknown = JSON.parse(
    Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
  );
  expect(claims).toMatchObject({
    aud: 'sts.amazonaws.com',
    sub: 'repo:clarity/clarity:environment:dev',
    actor: 'ada',
  });
});

test('reports a workflow that is not supported as such', async () => {
  const sha = await repository.commit({
    '.github/workflows/ci.yml': workflow.replace('runs-on', 'services: {}\n    runs-on'),
  });
  const printed = await fire({ kind: 'push', branch: 'main', before: sha, sha, actor: 'ada' });
  expect(printed).toEqual([{ runs: [] }]);
  const { number } = server.openPullRequest({
    title: 'x',
    user: 'ada',
    head: { ref: 'x', sha },
    base: { ref: 'main', sha },
  });
  const [end] = await fire({ kind: 'pull_request', action: 'opened', number, sha });
  expect(end).toEqual({ error: expect.stringContaining('services') });
});

test('the answer to an event has only the lines of its own runs, if two events run at a time', async () => {
  // Each job waits for the other one, so that both print while both answers are open.
  const meetInFolder = `
on: push
jobs:
  meet:
    runs-on: ubuntu-24.04
    steps:
      - run: |
          mkdir -p ${workFolder}/met
          touch ${workFolder}/met/$GITHUB_SHA
          until [ $(ls ${workFolder}/met | wc -l) = 2 ]; do sleep 0.05; done
          echo "commit $GITHUB_SHA"
`;
  const commits = [
    await repository.commit({ '.github/workflows/meet.yml': meetInFolder }),
    await repository.commit({ 'README.md': 'More.' }),
  ];
  const [before = ''] = commits;
  const push = (sha: string) => fire({ kind: 'push', branch: 'main', before, sha, actor: 'ada' });
  const answers = await Promise.all(commits.map(push));
  for (const [index, printed] of answers.entries()) {
    const lines = printed.filter(({ line }) => String(line).startsWith('commit '));
    const [run] = printed.at(-1)?.['runs'] as WorkflowRun[];
    expect(lines).toEqual([{ run: run?.id, job: 'meet', line: `commit ${commits[index]}` }]);
  }
});

test.each([
  ['/events', { kind: 'release' }, 422],
  ['/events', { kind: 'push', branch: 'main', before: 'abc', sha: 'abc', actor: 'ada' }, 422],
  ['/events', 'no JSON', 422],
  ['/pull-requests', { title: '' }, 422],
  ['/pull-requests/7/merge', { sha: '0'.repeat(40), by: 'ben' }, 422],
  ['/troubles', { match: 'issues/get', status: 200 }, 422],
  ['/issues', {}, 404],
])('%s with %j is refused with the reason', async (path, body, status) => {
  const answer = await post(path, body);
  expect(answer.status).toBe(status);
  await expect(answer.json()).resolves.toEqual({ error: expect.stringMatching(/\w/) });
});
