import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  GitHubEvent,
  GitHubServer,
  JobRun,
  PullRequest,
  TokenHolder,
  WorkflowRun,
} from '../src/contract';
import { embeddedGitHub, type Following } from '../src/runner/embedded-github';
import type { RunnerOptions } from '../src/runner/runner-options';
import { newRepository } from './repository';

export const push = (sha: string): GitHubEvent => ({
  kind: 'push',
  branch: 'main',
  before: '0'.repeat(40),
  sha,
  actor: 'ada',
});

/** A runner with a repository and a work folder of its own, and a server that writes down what it is asked for. */
export interface WorkflowRunner {
  readonly workFolder: string;
  readonly deployments: { environment: string; state: string; url?: string }[];
  readonly holders: TokenHolder[];
  readonly approvals: string[];
  pull: PullRequest | undefined;
  /** Commits files, those without a folder below .github/workflows, and runs what the event starts. */
  run(
    files: Readonly<Record<string, string>>,
    event?: (sha: string) => GitHubEvent,
    following?: Following,
  ): Promise<readonly WorkflowRun[]>;
  remove(): Promise<void>;
}

/** @param options in addition to those of every test */
export async function workflowRunner(
  options: Pick<RunnerOptions, 'minuteMs' | 'cacheSeeds'> = {},
): Promise<WorkflowRunner> {
  const repository = await newRepository();
  const workFolder = await mkdtemp(join(tmpdir(), 'runner-'));
  const server: GitHubServer = {
    url: 'http://127.0.0.1:1',
    repository: 'clarity/clarity',
    pullRequest: () => runner.pull,
    issueToken: (holder) => `ghs_${runner.holders.push(holder)}secret`,
    revokeToken: () => undefined,
    admits: (environment, ref) => environment !== 'main-only' || ref === 'refs/heads/main',
    oidcVariables: (_, subject) => ({ ACTIONS_ID_TOKEN_REQUEST_URL: `http://oidc/?${subject}` }),
    recordDeployment: (deployment) => void runner.deployments.push(deployment),
  };
  const github = embeddedGitHub({
    server,
    workFolder,
    repositoryFolder: repository.folder,
    variables: { ENVIRONMENTS: '["dev","prod"]' },
    secrets: { KEY: 'very-secret' },
    machine: { PATH: process.env['PATH'] ?? '' },
    approve: async (environment) => {
      runner.approvals.push(environment);
      return environment !== 'forbidden';
    },
    signal: new AbortController().signal,
    ...options,
  });
  const runner: WorkflowRunner = {
    workFolder,
    deployments: [],
    holders: [],
    approvals: [],
    pull: undefined,
    async run(files, event = push, following = {}) {
      const paths = Object.entries(files).map(([name, content]) => [
        name.endsWith('.yml') && !name.includes('/') ? `.github/workflows/${name}` : name,
        content,
      ]);
      const sha = await repository.commit(Object.fromEntries(paths));
      return github.fire(event(sha), following);
    },
    async remove() {
      await repository.remove();
      await rm(workFolder, { recursive: true, force: true });
    },
  };
  return runner;
}

export const workflow = (jobs: string, on = 'push') => `
on: ${on}
permissions: { contents: read }
defaults: { run: { shell: bash } }
jobs:
${jobs}`;

/** One job named `a` with these steps. */
export const steps = (list: string) =>
  workflow(`  a:\n    runs-on: ubuntu-24.04\n    steps:\n${list}`);

export const jobOf = (runs: readonly WorkflowRun[], name: string): JobRun | undefined =>
  runs.flatMap(({ jobs }) => jobs).find((job) => job.name === name);
