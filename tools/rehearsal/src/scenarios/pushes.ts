import type { WorkflowRun } from '@clarity/local-github/client';
import { brokenStart, wordsOnly } from '../repository/changes';
import { errorsUnderLoad } from './deploy-broken-release';
import { terraformStates } from '../clients/terraform-states';
import { killedDeploy } from './ended-runs';
import { expectRun } from './expect-run';
import { load } from './load';
import { planAgain } from './plan-again';
import { promotion } from './promotion';
import { pullRequestUpdate } from './pull-requests';
import { currentRelease, expectCurrent, expectRelease } from './releases';
import type { Context, Scenario } from './scenario';
import { startAws } from './start-aws';
import { startGitHub } from './start-github';

const file = 'deploy.yml';
const pushed = (before: string, sha: string) =>
  ({ kind: 'push', branch: 'main', before, sha, actor: 'ben' }) as const;
const deployed = (conclusion: string) => ({
  'environments (local) / plan': 'success',
  'environments (local) / deploy': conclusion,
});

/** The merge: its release, and its URL. */
export interface Merged {
  readonly release: string;
  readonly url: string;
}

export const merge: Scenario<Merged> = {
  name: 'merge',
  summary: 'merge the pull request',
  needs: [pullRequestUpdate, load],
  after: [errorsUnderLoad, killedDeploy, planAgain, promotion],
  async run(context) {
    const { github, repository } = context.resultOf(startGitHub);
    const { number, branch } = context.resultOf(pullRequestUpdate);
    const start = await repository.main();
    const merged = await repository.merge(branch);
    await github.mergePullRequest(number, merged, 'ben');
    const { jobs } = await expectRun(context, {
      what: this.summary,
      file,
      conclusion: 'success',
      event: pushed(start, merged),
      jobs: deployed('success'),
    });
    const environment = jobs.find((job) => job.environment)?.environment;
    if (environment?.name !== 'local')
      throw new Error(`Deployed to ${environment?.name}, as if the plan had not been reviewed.`);
    await expectRelease(context, merged);
    await expectMoved(context);
    return { release: await currentRelease(context), url: environment.url ?? '' };
  },
  describe: ({ url }) =>
    `${file}: what was reviewed is applied, and the release is current; ${url}`,
};

/** @throws Error if the dashboard that the pull request renamed is not the same resource */
async function expectMoved(context: Context): Promise<void> {
  const states = terraformStates(context.resultOf(startAws).endpoint);
  const state = await states.read('clarity-local-services.tfstate');
  if (!state.includes('"dashboard_overview"') || state.includes('"dashboard_dashboard"'))
    throw new Error('The moved block was not applied: the state has the old name.');
}

export const pushDocuments: Scenario<void> = {
  name: 'push-documents',
  summary: 'push a change of documents',
  needs: [merge],
  async run(context) {
    const { repository } = context.resultOf(startGitHub);
    const before = await repository.main();
    const sha = await repository.commit('main', 'Note that it was rehearsed', wordsOnly);
    await expectRun(context, {
      what: this.summary,
      file,
      conclusion: 'success',
      event: pushed(before, sha),
      jobs: {
        check: 'success',
        'environments (local) / plan': 'success',
        'environments (local) / deploy': 'skipped',
      },
    });
    await expectCurrent(context, context.resultOf(merge).release);
  },
  describe: () => `${file}: nothing to deploy`,
};

/** Its result is the error that GitHub shows. */
export const pushBrokenRelease: Scenario<string> = {
  name: 'push-broken-release',
  summary: 'push a release that does not start',
  needs: [merge],
  after: [pushDocuments],
  async run(context) {
    const { repository } = context.resultOf(startGitHub);
    const before = await repository.main();
    const sha = await repository.commit('main', 'Ask the oracle', brokenStart);
    const run = await expectRun(context, {
      what: this.summary,
      file,
      conclusion: 'failure',
      event: pushed(before, sha),
      jobs: { check: 'success', ...deployed('failure') },
    });
    const { message, summary } = failureOf(run);
    if (!/rolled it back/.test(message) || !summary.includes('ORACLE_URL is not set'))
      throw new Error(`The failure does not explain what happened:\n${message}\n${summary}`);
    await expectCurrent(context, context.resultOf(merge).release);
    return message;
  },
  describe: (message) => `${file}: failed as it should; ${message}`,
};

function failureOf({ jobs }: WorkflowRun): { message: string; summary: string } {
  const failed = jobs.find(({ conclusion }) => conclusion === 'failure');
  const error = failed?.annotations.find(({ level }) => level === 'error');
  return { message: error?.message ?? '', summary: failed?.summary ?? '' };
}
