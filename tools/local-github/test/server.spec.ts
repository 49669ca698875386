import { startServer, type LocalGitHub } from '../src/server/start-server';
import { base, clarity, head, jobClient, personClient, refusal } from './server-client';

let server: LocalGitHub;
beforeEach(async () => {
  server = await startServer();
});
afterEach(async () => {
  await server.close();
  // No answer to any test differs from what GitHub describes.
  expect(server.exchanges.filter(({ violation }) => violation)).toEqual([]);
});

const open = (more: object = {}) =>
  server.openPullRequest({ title: 'A change', user: 'ada', head, base, ...more });

test('comments are written, read, edited and deleted; they are by the bot', async () => {
  const { number } = open();
  const { rest } = jobClient(server, { 'pull-requests': 'write' });
  const issue = { ...clarity, issue_number: number };
  const { data } = await rest.issues.createComment({ ...issue, body: 'one' });
  expect(data).toMatchObject({
    user: { login: 'github-actions[bot]', type: 'Bot', id: 41898282 },
    html_url: `${server.url}/clarity/clarity/pull/${number}#issuecomment-${data.id}`,
  });
  const comment = { ...clarity, comment_id: data.id };
  await rest.issues.updateComment({ ...comment, body: 'two' });
  expect((await rest.issues.getComment(comment)).data.body).toBe('two');
  expect(server.state.comments(number)).toMatchObject([{ body: 'two' }]);
  await rest.issues.deleteComment(comment);
  expect((await rest.issues.listComments(issue)).data).toEqual([]);
  expect(await refusal(rest.issues.updateComment({ ...comment, body: 'x' }))).toMatchObject({
    status: 404,
  });
});

test('a long list comes in pages that Octokit follows', async () => {
  const { number } = open();
  const { octokit, rest } = jobClient(server, { 'pull-requests': 'write' });
  const issue = { ...clarity, issue_number: number };
  for (let index = 0; index < 101; index++)
    await rest.issues.createComment({ ...issue, body: `comment ${index}` });
  const { data, headers } = await rest.issues.listComments(issue);
  expect(data).toHaveLength(30);
  expect(headers.link).toContain('?page=4>; rel="last"');
  const all = await octokit.paginate(rest.issues.listComments, { ...issue, per_page: 100 });
  expect(all.map(({ body }) => body)).toEqual(
    Array.from({ length: 101 }, (_, index) => `comment ${index}`),
  );
  const more = await rest.issues.listComments({ ...issue, per_page: 1000, page: 2 });
  expect(more.data).toHaveLength(1);
  expect(more.headers.link).not.toContain('rel="next"');
});

test('an issue is found by its label and state until it is closed', async () => {
  open();
  const { rest } = jobClient(server, { issues: 'write' });
  const { data } = await rest.issues.create({
    ...clarity,
    title: 'Drift',
    body: 'b',
    labels: ['drift'],
  });
  expect(server.state.labels()).toMatchObject([{ name: 'drift' }]);
  const numbers = async (labels?: string) =>
    (await rest.issues.listForRepo({ ...clarity, ...(labels && { labels }) })).data.map(
      ({ number, pull_request: pull }) => [number, pull !== undefined],
    );
  expect(await numbers('Drift')).toEqual([[data.number, false]]);
  expect(await numbers('other')).toEqual([]);
  expect(await numbers()).toEqual([
    [data.number, false],
    [1, true],
  ]);
  const issue = { ...clarity, issue_number: data.number };
  await rest.issues.update({ ...issue, state: 'closed', state_reason: 'not_planned' });
  expect(await numbers('drift')).toEqual([]);
  expect(server.state.issues()).toMatchObject([
    { state: 'closed', stateReason: 'not_planned', closedBy: 'github-actions[bot]' },
  ]);
  const closed = await rest.issues.listForRepo({ ...clarity, labels: 'drift', state: 'closed' });
  expect(closed.data).toHaveLength(1);
});

test('labels that differ only in case are one label', async () => {
  const { rest } = jobClient(server, { issues: 'write' });
  await rest.issues.createLabel({ ...clarity, name: 'drift', color: 'ff0000' });
  const again = await refusal(rest.issues.createLabel({ ...clarity, name: 'Drift' }));
  expect(again).toMatchObject({ status: 422 });
  expect((await rest.issues.getLabel({ ...clarity, name: 'DRIFT' })).data.color).toBe('ff0000');
});

test('the pull request of a merged commit is found, its head moves before', async () => {
  const merge = 'c'.repeat(40);
  const { number } = open({ files: ['infra/a b.ts'] });
  server.updatePullRequest(number, 'd'.repeat(40), ['infra/a b.ts', 'README.md']);
  const { rest } = jobClient(server, { 'pull-requests': 'read' });
  const pull = { ...clarity, pull_number: number };
  expect((await rest.pulls.get(pull)).data).toMatchObject({
    head: { sha: 'd'.repeat(40), repo: { full_name: 'clarity/clarity' } },
    merged: false,
    commits: 2,
  });
  expect((await rest.pulls.listFiles(pull)).data.map(({ filename }) => filename)).toEqual([
    'infra/a b.ts',
    'README.md',
  ]);
  server.mergePullRequest(number, merge);
  const of = async (commit_sha: string) =>
    (await rest.repos.listPullRequestsAssociatedWithCommit({ ...clarity, commit_sha })).data;
  expect(await of(merge)).toMatchObject([{ number, merged_at: expect.any(String) as string }]);
  expect(await of('e'.repeat(40))).toEqual([]);
  expect((await rest.pulls.list(clarity)).data).toEqual([]);
  expect((await rest.pulls.list({ ...clarity, state: 'closed' })).data).toHaveLength(1);
});

test('a fork is another repository', async () => {
  const { number } = open({ fork: true, user: 'mallory' });
  const { rest } = jobClient(server, { 'pull-requests': 'read' });
  const { data } = await rest.pulls.get({ ...clarity, pull_number: number });
  expect(data.head).toMatchObject({
    label: 'mallory:change',
    repo: { full_name: 'mallory/clarity', fork: true },
  });
});

test('a deployment of a job has its end and its address; the next one replaces it', async () => {
  const environment = { environment: 'dev', sha: head.sha, runId: 7 };
  server.recordDeployment({ ...environment, state: 'in_progress' });
  server.recordDeployment({ ...environment, state: 'success', url: 'https://dev.example' });
  server.recordDeployment({ ...environment, runId: 8, state: 'in_progress' });
  server.recordDeployment({ ...environment, runId: 8, state: 'success' });
  const { rest } = jobClient(server, { deployments: 'write' });
  const { data } = await rest.repos.listDeployments({ ...clarity, environment: 'dev' });
  expect(data).toHaveLength(2);
  const first = { ...clarity, deployment_id: data[1]?.id ?? 0 };
  const statuses = await rest.repos.listDeploymentStatuses(first);
  expect(statuses.data.map(({ state }) => state)).toEqual(['inactive', 'success', 'in_progress']);
  expect(statuses.data[1]?.environment_url).toBe('https://dev.example');

  const made = await rest.repos.createDeployment({
    ...clarity,
    ref: head.sha,
    environment: 'prod',
    required_contexts: [],
  });
  if (made.status !== 201) throw new Error('Not made.');
  const deployment_id = made.data.id;
  await rest.repos.createDeploymentStatus({ ...clarity, deployment_id, state: 'failure' });
  expect(server.state.deployments().at(-1)?.statuses).toMatchObject([{ state: 'failure' }]);
});

const environment = { ...clarity, environment_name: 'prod' };
const customPolicies = { protected_branches: false, custom_branch_policies: true };

test('an environment has the reviewers that it was given, and only a job that may read actions sees it', async () => {
  const { rest } = personClient(server, 'ada');
  const { id } = (await rest.users.getAuthenticated()).data;
  await rest.repos.createOrUpdateEnvironment({ ...environment, reviewers: [{ type: 'User', id }] });
  const job = jobClient(server, { actions: 'read' }).rest.repos;
  expect((await job.getEnvironment(environment)).data).toMatchObject({
    name: 'prod',
    protection_rules: [
      { type: 'required_reviewers', reviewers: [{ type: 'User', reviewer: { login: 'ada' } }] },
    ],
    deployment_branch_policy: null,
  });
  const denied = jobClient(server, { 'pull-requests': 'read' }).rest.repos;
  expect(await refusal(denied.getEnvironment(environment))).toMatchObject({ status: 403 });
  expect(await refusal(job.createOrUpdateEnvironment(environment))).toMatchObject({ status: 403 });
  const unknown = { ...environment, environment_name: 'nowhere' };
  expect(await refusal(job.getEnvironment(unknown))).toMatchObject({ status: 404 });
});

test('an environment admits every branch until it is given names of branches', async () => {
  const { repos } = personClient(server, 'ada').rest;
  const admitted = () =>
    ['refs/heads/main', 'refs/heads/change', 'refs/tags/main', 'refs/pull/1/merge'].filter((ref) =>
      server.admits('prod', ref),
    );
  expect(admitted()).toHaveLength(4);
  await repos.createOrUpdateEnvironment({
    ...environment,
    deployment_branch_policy: customPolicies,
  });
  expect(admitted()).toEqual([]);
  await repos.createDeploymentBranchPolicy({ ...environment, name: 'main' });
  expect(admitted()).toEqual(['refs/heads/main']);
  expect((await repos.getEnvironment(environment)).data).toMatchObject({
    protection_rules: [{ type: 'branch_policy' }],
    deployment_branch_policy: customPolicies,
  });
  // The same settings again.
  await repos.createOrUpdateEnvironment({
    ...environment,
    deployment_branch_policy: customPolicies,
  });
  await repos.createDeploymentBranchPolicy({ ...environment, name: 'main' });
  expect((await repos.listDeploymentBranchPolicies(environment)).data).toMatchObject({
    total_count: 1,
    branch_policies: [{ name: 'main', type: 'branch' }],
  });
});

test('branch policies that are contradictory or not supported are refused', async () => {
  const { repos } = personClient(server, 'ada').rest;
  const setting = (deployment_branch_policy: typeof customPolicies) =>
    refusal(repos.createOrUpdateEnvironment({ ...environment, deployment_branch_policy }));
  expect(await setting({ protected_branches: true, custom_branch_policies: true })).toMatchObject({
    status: 422,
  });
  expect(await setting({ protected_branches: true, custom_branch_policies: false })).toMatchObject({
    status: 501,
  });
  await repos.createOrUpdateEnvironment(environment);
  const naming = (name: string, type: 'branch' | 'tag' = 'branch') =>
    refusal(repos.createDeploymentBranchPolicy({ ...environment, name, type }));
  expect(await naming('main')).toMatchObject({ status: 404 });
  await repos.createOrUpdateEnvironment({
    ...environment,
    deployment_branch_policy: customPolicies,
  });
  expect(await naming('release/*')).toMatchObject({ status: 501 });
  expect(await naming('main', 'tag')).toMatchObject({ status: 501 });
});

test('the repository, a person and the limits describe themselves', async () => {
  const { rest } = personClient(server, 'ada');
  expect((await rest.repos.get(clarity)).data.full_name).toBe('clarity/clarity');
  expect((await rest.users.getAuthenticated()).data.login).toBe('ada');
  expect((await rest.rateLimit.get()).data.rate).toMatchObject({ limit: 1000, used: 2 });
});

test('what GitHub does not describe is refused', async () => {
  const { number } = open();
  const { octokit, rest } = personClient(server, 'ada');
  const comments = `/repos/clarity/clarity/issues/${number}/comments`;
  const asked = async (route: string, more: object = {}) =>
    (await refusal(octokit.request(route, { ...more }))).message;
  expect(await asked(`POST ${comments}`, { boddy: 'x' })).toContain('body');
  expect(await asked(`POST ${comments}`, { body: 'x', boddy: 'x' })).toContain('not a permitted');
  expect(await asked(`GET ${comments}?per_pag=3`)).toContain('no parameter "per_pag"');
  expect(await asked(`GET ${comments}?per_page=many`)).toContain('per_page');
  expect(await asked('GET /repos/clarity/clarity/issues/one')).toContain('Not Found');
  expect(await asked('GET /repos/clarity/other')).toContain('Not Found');
  expect(await asked('GET /repos/clarity/clarity/nothing')).toContain('does not answer');
  expect(await asked('GET /repos/clarity/clarity/%E0')).toContain('does not answer');
  const body = 'x'.repeat(65_537);
  const issue = { ...clarity, issue_number: number };
  expect(await refusal(rest.issues.createComment({ ...issue, body }))).toMatchObject({
    status: 422,
    message: expect.stringContaining('body is too long') as string,
  });
});

test('what the embedded GitHub would leave out, it does not answer', async () => {
  const { rest } = personClient(server, 'ada');
  const asked = rest.issues.create({ ...clarity, title: 'x', assignees: ['ada'] });
  expect(await refusal(asked)).toMatchObject({
    status: 501,
    message: expect.stringContaining('assignees') as string,
  });
});
