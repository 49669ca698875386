import type { WorkflowRun } from '@clarity/local-github/client';
import { brokenStart, wordsOnly } from '../repository/changes';
import { errorsUnderLoad } from './deploy-broken-release';
import { terraformStates } from '../clients/terraform-states';
import { killedDeploy } from './ended-runs';
import { beginRun, expectRun, type OngoingRun } from './expect-run';
import { load } from './load';
import { planAgain } from './plan-again';
import { pullRequestUpdate } from './pull-requests';
import { expectRelease } from './releases';
import type { Context, Scenario } from './scenario';
import { startAws } from './start-aws';
import { startGitHub } from './start-github';

const file = 'deploy.yml';
const pushed = (before: string, sha: string) =>
  ({ kind: 'push', branch: 'main', before, sha, actor: 'ben' }) as const;
const planJob = 'environments (local) / plan';
const deployed = (conclusion: string) => ({
  [planJob]: 'success',
  'environments (local) / deploy': conclusion,
});

/** A merge that is being deployed. */
export interface Merging extends OngoingRun {
  readonly sha: string;
}

/** Ends when the checks have, so that what is pushed next is checked while the merge is deployed. */
export const beginMerge: Scenario<Merging> = {
  name: 'begin-merge',
  summary: 'merge the pull request',
  needs: [pullRequestUpdate, load],
  after: [errorsUnderLoad, killedDeploy, planAgain],
  async run(context) {
    const { github, repository } = context.resultOf(startGitHub);
    const { number, branch } = context.resultOf(pullRequestUpdate);
    const start = await repository.main();
    const sha = await repository.merge(branch);
    await github.mergePullRequest(number, sha, 'ben');
    const { run } = await beginRun(context, planJob, {
      what: this.summary,
      file,
      conclusion: 'success',
      event: pushed(start, sha),
      jobs: deployed('success'),
    });
    return { sha, run };
  },
  describe: () => `${file}: checked; its environment is next`,
};

/** Its result is the URL that GitHub shows. */
export const merge: Scenario<string> = {
  name: 'merge',
  summary: 'wait for the release of the merge',
  needs: [beginMerge],
  async run(context) {
    const { sha, run } = context.resultOf(beginMerge);
    const { jobs } = await run;
    const environment = jobs.find((job) => job.environment)?.environment;
    if (environment?.name !== 'local')
      throw new Error(`Deployed to ${environment?.name}, as if the plan had not been reviewed.`);
    await expectRelease(context, sha);
    await expectMoved(context);
    return environment.url ?? '';
  },
  describe: (url) => `${file}: what was reviewed is applied, and the release is current; ${url}`,
};

/** @throws Error if the dashboard that the pull request renamed is not the same resource */
async function expectMoved(context: Context): Promise<void> {
  const states = terraformStates(context.resultOf(startAws).endpoint);
  const state = await states.read('clarity-local-services.tfstate');
  if (!state.includes('"dashboard_overview"') || state.includes('"dashboard_dashboard"'))
    throw new Error('The moved block was not applied: the state has the old name.');
}

export const beginDocuments: Scenario<OngoingRun> = {
  name: 'begin-push-documents',
  summary: 'push a change of documents, while the merge is deployed',
  needs: [beginMerge],
  async run(context) {
    const { repository } = context.resultOf(startGitHub);
    const before = await repository.main();
    const sha = await repository.commit('main', 'Note that it was rehearsed', wordsOnly);
    return beginRun(context, 'check', {
      what: this.summary,
      file,
      conclusion: 'success',
      event: pushed(before, sha),
      jobs: {
        check: 'success',
        [planJob]: 'success',
        'environments (local) / deploy': 'skipped',
      },
    });
  },
  describe: () => `${file}: in the queue of the environment`,
};

export const pushDocuments: Scenario<void> = {
  name: 'push-documents',
  summary: 'wait for the run of that change',
  needs: [beginDocuments],
  async run(context) {
    await context.resultOf(beginDocuments).run;
    await expectRelease(context, context.resultOf(beginMerge).sha);
  },
  describe: () => `${file}: nothing to deploy`,
};

/** Its result is the error that GitHub shows. */
export const pushBrokenRelease: Scenario<string> = {
  name: 'push-broken-release',
  summary: 'push a release that does not start',
  needs: [beginMerge],
  after: [beginDocuments],
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
    await expectRelease(context, context.resultOf(beginMerge).sha);
    return message;
  },
  describe: (message) => `${file}: failed as it should; ${message}`,
};

function failureOf({ jobs }: WorkflowRun): { message: string; summary: string } {
  const failed = jobs.find(({ conclusion }) => conclusion === 'failure');
  const error = failed?.annotations.find(({ level }) => level === 'error');
  return { message: error?.message ?? '', summary: failed?.summary ?? '' };
}
