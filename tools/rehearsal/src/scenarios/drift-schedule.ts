import type { GitHubClient } from '@clarity/local-github/client';
import { changeByHand, type HandChange } from '../clients/hand-change';
import { deploy } from './deploy';
import { errorsUnderLoad } from './deploy-broken-release';
import { expectRun } from './expect-run';
import { merge, pushBrokenRelease } from './pushes';
import { rollbackDispatch } from './rollback-dispatch';
import type { Context, Scenario } from './scenario';
import { startAws } from './start-aws';
import { startGitHub } from './start-github';

interface Issue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly pull_request?: unknown;
}

export const drift: Scenario<{ readonly change: HandChange; readonly issue: Issue }> = {
  name: 'drift',
  summary: 'nightly drift check, after a queue was changed by hand',
  needs: [startGitHub, deploy],
  after: [errorsUnderLoad, merge, pushBrokenRelease, rollbackDispatch],
  async run(context) {
    const change = await changeByHand(context.resultOf(startAws).endpoint);
    await nightly(context, this.summary);
    const [issue, ...more] = await openIssues(context.resultOf(startGitHub).github);
    if (!issue?.body.includes(change.attribute) || more.length > 0)
      throw new Error(`Open issues: ${JSON.stringify([issue, ...more])}`);
    return { change, issue };
  },
  describe: ({ issue: { number, title } }) => `drift.yml: issue ${number}, "${title}"`,
};

export const driftRepaired: Scenario<void> = {
  name: 'drift-repaired',
  summary: 'nightly drift check, after the change was undone',
  needs: [drift],
  async run(context) {
    await context.resultOf(drift).change.undo();
    await nightly(context, this.summary);
    const left = await openIssues(context.resultOf(startGitHub).github);
    if (left.length > 0) throw new Error(`Still open: ${left.map(({ title }) => title).join()}`);
  },
  describe: () => 'drift.yml: the issue is closed',
};

async function nightly(context: Context, what: string): Promise<void> {
  const sha = await context.resultOf(startGitHub).repository.main();
  await expectRun(context, {
    what,
    file: 'drift.yml',
    conclusion: 'success',
    event: { kind: 'schedule', file: 'drift.yml', sha },
    jobs: { 'drift (local)': 'success' },
  });
}

/** GitHub lists pull requests among its issues. */
const openIssues = async (github: GitHubClient) =>
  (await github.read<readonly Issue[]>('/issues?state=open')).filter(
    (issue) => issue.pull_request === undefined,
  );
