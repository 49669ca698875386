import { brokenStart, wordsOnly } from '../repository/changes';
import type { WorkflowRun } from '../clients/github-client';
import { playStep, type Play } from './workflow-run';
import type { OpenPullRequest } from './pull-requests';
import { expectRelease, type WorkflowStory } from './current-release';

/** A merge, a change of documents, and a release that does not start. */
export async function playPushes(
  options: WorkflowStory,
  { number, branch }: OpenPullRequest,
): Promise<void> {
  const { github, repository, currentRelease } = options;
  const pushed = (sha: string, before: string) =>
    ({ kind: 'push', branch: 'main', before, sha, actor: 'ben' }) as const;
  const deployed = (conclusion: string) => ({
    'environments (local) / plan': 'success',
    'environments (local) / deploy': conclusion,
  });

  const start = await repository.main();
  const merged = await repository.merge(branch);
  await github.mergePullRequest(number, merged);
  const merge: Play = {
    what: 'merge it',
    file: 'deploy.yml',
    expected: 'success',
    event: pushed(merged, start),
    jobs: deployed('success'),
  };
  await playStep(options, merge, async ({ jobs }) => {
    const environment = jobs.find((job) => job.environment)?.environment;
    if (environment?.name !== 'local')
      throw new Error(
        `It was deployed to ${environment?.name}, as if nobody had reviewed the plan.`,
      );
    await expectRelease(options, merged);
    return `what was reviewed is applied, and the release is current; ${environment.url}`;
  });

  const current = await currentRelease();
  const expectUnchanged = async () => {
    const now = await currentRelease();
    if (now !== current) throw new Error(`The current release is ${now}, no longer ${current}.`);
  };
  const words = await repository.commit('main', 'Say that it was rehearsed', wordsOnly);
  const docs: Play = {
    what: 'push a change of documents',
    file: 'deploy.yml',
    expected: 'success',
    event: pushed(words, merged),
    jobs: { changes: 'success', check: 'skipped', environments: 'skipped' },
  };
  await playStep(options, docs, async () => {
    await expectUnchanged();
    return 'nothing to deploy';
  });

  const broken = await repository.commit('main', 'Ask the oracle', brokenStart);
  const breaks: Play = {
    what: 'push a release that does not start',
    file: 'deploy.yml',
    expected: 'failure',
    event: pushed(broken, words),
    jobs: { check: 'success', ...deployed('failure') },
  };
  await playStep(options, breaks, async (run) => {
    const { message, summary } = failureOf(run);
    if (!/rolled it back/.test(message) || !summary.includes('ORACLE_URL is not set'))
      throw new Error(`It does not say what happened:\n${message}\n${summary}`);
    await expectUnchanged();
    return `red; ${message}`;
  });
}

function failureOf({ jobs }: WorkflowRun): { message: string; summary: string } {
  const failed = jobs.find(({ conclusion }) => conclusion === 'failure');
  const error = failed?.annotations.find(({ level }) => level === 'error');
  return { message: error?.message ?? '', summary: failed?.summary ?? '' };
}
