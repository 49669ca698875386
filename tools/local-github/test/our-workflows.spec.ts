import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { GitHubEvent, WorkflowRun } from '../src/contract';
import { embeddedGitHub, type Following } from '../src/runner/embedded-github';
import { startServer, type LocalGitHub } from '../src/server/start-server';
import { fakeSts } from './fake-sts';
import { fakeTools } from './fake-tools';
import { newRepository, type Repository } from './repository';
import { clarity, personClient } from './server-client';

/**
 * The workflow files of this repository, run with programs that only record their calls:
 * which jobs run, in which order, as whom, and with which outputs of earlier jobs.
 */
const workspace = resolve(__dirname, '../../..');
const repo = 'repo:clarity/clarity';

let folder: string;
let repository: Repository;
let github: LocalGitHub;
let sts: Awaited<ReturnType<typeof fakeSts>>;
let sha: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'our-workflows-'));
  repository = await newRepository();
  await cp(join(workspace, '.github'), join(repository.folder, '.github'), { recursive: true });
  sha = await repository.commit({ '.nvmrc': '20', 'package-lock.json': '{}' });
  github = await startServer();
  for (const name of ['dev', 'dev-approval', 'prod', 'prod-approval']) await onlyFromMain(name);
  const environment = (name: string) => `${repo}:environment:${name}`;
  sts = await fakeSts({
    'clarity-github-plan': [`${repo}:pull_request`, `${repo}:ref:refs/heads/main`],
    'clarity-github-deploy': ['dev', 'dev-approval', 'prod', 'prod-approval'].map(environment),
    'clarity-github-rollback': ['dev', 'prod'].map(environment),
  });
});
afterEach(async () => {
  await github.close();
  await sts.close();
  await repository.remove();
  await rm(folder, { recursive: true, force: true });
});

async function onlyFromMain(environment_name: string) {
  const { repos } = personClient(github, 'ada').rest;
  await repos.createOrUpdateEnvironment({
    ...clarity,
    environment_name,
    deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
  });
  await repos.createDeploymentBranchPolicy({ ...clarity, environment_name, name: 'main' });
}

const output = (name: string, value: string) => `echo "${name}=${value}" >> "$GITHUB_OUTPUT"`;
const report =
  'mkdir -p "dist/pipeline/$ENVIRONMENT/report"; echo plan > "dist/pipeline/$ENVIRONMENT/report/plan-report.json"';
const answers = {
  'npm ci': 'mkdir -p node_modules',
  'pipeline plan': report,
  'pipeline affected': `${output('deploy', 'true')}; ${output('base', 'abc')}`,
  'pipeline review': `${output('reviewed', 'true')}; ${output('changes', '{}')}`,
  'pipeline deploy': output('url', 'https://api.example'),
};

async function runOurs(
  event: GitHubEvent,
  changed: Readonly<Record<string, string>> = {},
  environments = ['dev', 'prod'],
  following: Following = {},
) {
  const tools = await fakeTools(join(folder, 'bin'), { ...answers, ...changed });
  const approvals: string[] = [];
  const runner = embeddedGitHub({
    server: github,
    repositoryFolder: repository.folder,
    workFolder: join(folder, 'work'),
    variables: {
      CLARITY_ENVIRONMENTS: JSON.stringify(environments),
      CLARITY_ACCOUNTS: '{"dev":"111111111111","prod":"222222222222"}',
    },
    secrets: {},
    machine: {
      PATH: `${tools.folder}:${process.env['PATH'] ?? ''}`,
      AWS_ENDPOINT_URL: sts.endpoint,
    },
    approve: async (environment) => {
      approvals.push(environment);
      return true;
    },
    signal: new AbortController().signal,
  });
  const runs = await runner.fire(event, following);
  const [run] = runs;
  if (!run || runs.length > 1) throw new Error(`${runs.length} workflows ran, not one.`);
  return { run, approvals, calls: await tools.calls() };
}

const conclusions = ({ jobs }: WorkflowRun) =>
  Object.fromEntries(jobs.map(({ name, conclusion }) => [name, conclusion]));

const pull = (fork: boolean) =>
  github.openPullRequest({
    title: 'Change',
    user: fork ? 'mallory' : 'ada',
    head: { ref: 'change', sha },
    base: { ref: 'main', sha },
    fork,
  }).number;

const push = (branch = 'main'): GitHubEvent => ({
  kind: 'push',
  branch,
  before: '0'.repeat(40),
  sha,
  actor: 'ada',
});

test('a pull request is checked and planned for every environment, and gets its comment', async () => {
  const number = pull(false);
  const { run, calls } = await runOurs({ kind: 'pull_request', action: 'opened', number, sha });
  expect(conclusions(run)).toEqual({
    check: 'success',
    images: 'success',
    'plan (dev)': 'success',
    'plan (prod)': 'success',
    comment: 'success',
    ci: 'success',
  });
  expect(sts.assumed).toEqual(['clarity-github-plan', 'clarity-github-plan']);
  expect(calls).toContain(`pipeline comment --pull-request ${number} --reports reports`);
});

test('a pull request of a fork is checked, gets no credentials and no plan, and can be merged', async () => {
  const number = pull(true);
  const { run, calls } = await runOurs({ kind: 'pull_request', action: 'opened', number, sha });
  expect(conclusions(run)).toEqual({
    check: 'success',
    images: 'success',
    plan: 'skipped',
    comment: 'skipped',
    ci: 'success',
  });
  expect(sts.assumed).toEqual([]);
  expect(calls.join('\n')).not.toContain('pipeline');
});

test('in the merge queue the required check arrives, without credentials', async () => {
  const event = { kind: 'merge_group', number: pull(false), base: sha, sha, actor: 'ada' } as const;
  const { run, calls } = await runOurs(event);
  expect(conclusions(run)).toEqual({
    check: 'success',
    images: 'success',
    plan: 'skipped',
    comment: 'skipped',
    ci: 'success',
  });
  expect(calls).toContain(`npx nx affected -t lint typecheck test build --base=${sha} --head=HEAD`);
  expect(sts.assumed).toEqual([]);
});

test('a plan that fails is shown in the comment, and the one required check is red', async () => {
  const number = pull(false);
  const { run } = await runOurs(
    { kind: 'pull_request', action: 'opened', number, sha },
    { 'pipeline plan': `${report}; exit 4` },
  );
  expect(conclusions(run)).toMatchObject({
    'plan (dev)': 'failure',
    comment: 'success',
    ci: 'failure',
  });
});

test('a cancelled plan is interrupted itself, so that it can unlock, and no comment follows', async () => {
  const cancel = new AbortController();
  const { run } = await runOurs(
    { kind: 'pull_request', action: 'opened', number: pull(false), sha },
    { 'pipeline plan': "trap 'echo unlocked; exit 1' INT; echo planning; sleep 30 & wait" },
    ['dev'],
    {
      signal: cancel.signal,
      onLine: ({ line }) => {
        if (line === 'planning') cancel.abort();
      },
    },
  );
  expect(run.jobs.find(({ name }) => name === 'plan (dev)')?.log).toContain('unlocked');
  expect(conclusions(run)).toMatchObject({ comment: 'skipped', ci: 'failure' });
});

test('a push to main goes through the environments in order, each as its own identity', async () => {
  const { run, approvals, calls } = await runOurs(push());
  expect(run).toMatchObject({ file: 'deploy.yml', conclusion: 'success' });
  expect(approvals).toEqual(['dev', 'prod']);
  const deploys = calls.filter((call) => call.startsWith('pipeline deploy'));
  expect(deploys).toEqual([
    'pipeline deploy --env dev --approved {}',
    'pipeline deploy --env prod --approved {}',
  ]);
  expect(calls.indexOf('pipeline image --env prod --keep-layers')).toBeGreaterThan(
    calls.indexOf(deploys[0] ?? ''),
  );
  expect(github.state.deployments()).toHaveLength(2);
});

test('a branch whose own workflow names an environment does not get its role', async () => {
  sha = await repository.commit({
    '.github/workflows/hostile.yml': `
on: push
jobs:
  take:
    runs-on: ubuntu-24.04
    environment: prod
    permissions: { id-token: write }
    steps: [{ run: echo taken }]
`,
  });
  const { run, approvals } = await runOurs(push('hostile'));
  expect(run.jobs).toMatchObject([
    {
      name: 'take',
      conclusion: 'failure',
      annotations: [{ message: expect.stringContaining('not allowed to deploy') }],
    },
  ]);
  expect(approvals).toEqual([]);
});

test('the next push starts with the Nx cache of the job with the same name', async () => {
  const filled = { 'npx nx': 'mkdir -p .nx' };
  const first = sha;
  await runOurs(push(), filled);
  sha = await repository.commit({ 'apps/api/main.ts': '' });
  const { run } = await runOurs(push(), filled);
  const log = run.jobs.find(({ name }) => name === 'check')?.log;
  expect(log).toContain(`Cache restored from key: nx-Linux-check-${first}`);
});

test('credentials of another account than the environment is in stop the job', async () => {
  sts.answersFor(() => '111111111111');
  const { run, calls } = await runOurs(push());
  expect(conclusions(run)).toMatchObject({
    'environments (dev) / deploy': 'success',
    'environments (prod) / plan': 'failure',
  });
  expect(calls.join('\n')).not.toContain('--env prod');
});

test('a job that may change AWS restores no cache', async () => {
  const filled = { 'npx nx': 'mkdir -p .nx', 'pipeline plan': `${report}; mkdir -p .nx` };
  await runOurs(push(), filled, ['dev']);
  const { run } = await runOurs(push(), filled, ['dev']);
  const restored = (job: string) =>
    run.jobs.find(({ name }) => name === job)?.log.includes('Cache restored');
  expect(restored('environments (dev) / plan')).toBe(true);
  expect(restored('environments (dev) / deploy')).toBe(false);
});

test('a push that changes nothing to deploy deploys nothing', async () => {
  const { run, calls } = await runOurs(push(), {
    'pipeline affected': output('deploy', 'false'),
  });
  expect(run.conclusion).toBe('success');
  expect(calls.join('\n')).not.toMatch(/pipeline (plan|image|deploy)/);
});

test('a plan that was not reviewed waits for an approval of its own', async () => {
  const { approvals } = await runOurs(push(), {
    'pipeline review': output('reviewed', 'false'),
  });
  expect(approvals).toEqual(['dev-approval', 'prod-approval']);
});

test('a release that breaks in dev never gets to prod', async () => {
  const { run, calls } = await runOurs(push(), { 'pipeline deploy': 'exit 10' });
  expect(run.conclusion).toBe('failure');
  expect(calls.join('\n')).not.toContain('pipeline deploy --env prod');
});

const rollback = (): GitHubEvent => ({
  kind: 'workflow_dispatch',
  file: 'rollback.yml',
  sha,
  actor: 'ada',
  inputs: { environment: 'prod', service: 'api', release: '', reason: 'loses "samples"; $(id)' },
});

test('a rollback by hand passes on what was asked for, and only then follows the inference', async () => {
  const { run, calls } = await runOurs(rollback(), {
    'node pipeline.js rollback': output('commit', sha),
  });
  expect(run.conclusion).toBe('success');
  expect(sts.assumed).toEqual(['clarity-github-rollback', 'clarity-github-deploy']);
  expect(calls.filter((call) => call.includes('pipeline'))).toEqual([
    'aws s3 cp --only-show-errors s3://clarity-tfstate-222222222222/pipeline/prod/main.js pipeline.js',
    'node pipeline.js rollback --env prod --service api --to  --reason loses "samples"; $(id)',
    'pipeline inference --env prod',
  ]);
});

test('after a rollback, inference is applied with the code of the last deploy, not with that of main', async () => {
  const deployed = sha;
  sha = await repository.commit({ 'infra/inference.ts': 'nobody has approved this for prod' });
  const { run } = await runOurs(rollback(), {
    'node pipeline.js rollback': output('commit', deployed),
  });
  const log = run.jobs.find(({ name }) => name === 'inference')?.log;
  expect(log).toContain(`HEAD is now at ${deployed.slice(0, 7)}`);
});

test('after a rollback of what no commit describes, inference may change nothing but images', async () => {
  const { calls } = await runOurs(rollback(), {
    'node pipeline.js rollback': output('commit', ''),
  });
  expect(calls).toContain('pipeline inference --env prod --approved {}');
});

test('the nightly run checks every environment, even if one has drifted', async () => {
  const { run, calls } = await runOurs(
    { kind: 'schedule', file: 'drift.yml', sha },
    { 'pipeline drift --env dev': 'exit 4' },
  );
  expect(conclusions(run)).toEqual({ 'drift (dev)': 'failure', 'drift (prod)': 'success' });
  expect(calls).toContain('pipeline drift --env prod');
});
