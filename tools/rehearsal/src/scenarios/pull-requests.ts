import type { GitHubClient } from '@clarity/local-github/client';
import { fourWorkers, renamedDashboard, strangersWords, threeWorkers } from '../repository/changes';
import { bootstrap } from './bootstrap';
import { deploy } from './deploy';
import { expectRun, type ExpectedRun } from './expect-run';
import type { Scenario } from './scenario';
import { startGitHub } from './start-github';

/** A pull request with the plan in a comment. */
export interface PlannedPullRequest {
  readonly number: number;
  readonly branch: string;
  /** Of the comment. */
  readonly commentId: number;
}

const branch = 'more-workers';
const planned = {
  file: 'ci.yml',
  conclusion: 'success',
  jobs: { check: 'success', 'plan (local)': 'success', comment: 'success', ci: 'success' },
} as const satisfies Partial<ExpectedRun>;

export const pullRequest: Scenario<PlannedPullRequest> = {
  name: 'pull-request',
  summary: 'open a pull request that changes the infrastructure, before any of it is there',
  needs: [startGitHub, bootstrap],
  async run(context) {
    const { github, repository } = context.resultOf(startGitHub);
    const base = { ref: 'main', sha: await repository.main() };
    const edits = [...threeWorkers, ...renamedDashboard];
    const sha = await repository.commit(branch, 'Let three workers run', edits);
    const head = { ref: branch, sha };
    const number = await github.openPullRequest({ title: 'More workers', user: 'ada', head, base });
    await expectRun(context, {
      ...planned,
      what: this.summary,
      event: { kind: 'pull_request', action: 'opened', number, sha },
    });
    const { id, body } = await onlyComment(github, number);
    expectShown(body, [sha, 'clarity-local-foundation', 'clarity-local-services']);
    return { number, branch, commentId: id };
  },
  describe: () => 'ci.yml: one comment with the plan of this commit',
};

/** Its plan may see a release by hand half done: what the merge then applies is part of it all the same. */
export const pullRequestUpdate: Scenario<PlannedPullRequest> = {
  name: 'pull-request-update',
  summary: 'push to the pull request again',
  needs: [pullRequest, deploy],
  async run(context) {
    const { github, repository } = context.resultOf(startGitHub);
    const pull = context.resultOf(pullRequest);
    const sha = await repository.commit(branch, 'Let four workers run', fourWorkers);
    await github.pushToPullRequest(pull.number, sha);
    await expectRun(context, {
      ...planned,
      what: this.summary,
      event: { kind: 'pull_request', action: 'synchronize', number: pull.number, sha },
    });
    const { id, body } = await onlyComment(github, pull.number);
    if (id !== pull.commentId) throw new Error('The plan is in another comment.');
    expectShown(body, [sha, 'max_capacity', '1 moved']);
    context.findings.planComment = body;
    return pull;
  },
  describe: () => 'ci.yml: the same comment, edited',
};

/** A fork gets no credentials, so that its checks need nothing of AWS. */
export const forkPullRequest: Scenario<void> = {
  name: 'fork-pull-request',
  summary: 'open a pull request from a fork',
  needs: [startGitHub],
  async run(context) {
    const { github, repository } = context.resultOf(startGitHub);
    const base = { ref: 'main', sha: await repository.main() };
    const sha = await repository.commit('stranger', 'Read the page', strangersWords);
    const head = { ref: 'stranger', sha };
    const number = await github.openPullRequest({
      title: 'One sentence',
      user: 'mallory',
      head,
      base,
      fork: true,
    });
    const run = await expectRun(context, {
      what: this.summary,
      file: 'ci.yml',
      conclusion: 'success',
      event: { kind: 'pull_request', action: 'opened', number, sha },
      jobs: { check: 'success', plan: 'skipped', comment: 'skipped', ci: 'success' },
    });
    const writable = run.jobs.flatMap(({ permissions }) =>
      Object.entries(permissions).filter(([, access]) => access === 'write'),
    );
    if (writable.length > 0) throw new Error(`A fork could write ${writable.join(', ')}.`);
    if ((await commentsOf(github, number)).length > 0) throw new Error('A fork got a comment.');
  },
  describe: () => 'ci.yml: checked without credentials, no plan',
};

interface Comment {
  readonly id: number;
  readonly body: string;
}

const commentsOf = (github: GitHubClient, number: number) =>
  github.read<readonly Comment[]>(`/issues/${number}/comments`);

/** @throws Error unless there is exactly one comment */
async function onlyComment(github: GitHubClient, number: number): Promise<Comment> {
  const [comment, ...more] = await commentsOf(github, number);
  if (!comment || more.length > 0) throw new Error(`${more.length + (comment ? 1 : 0)} comments.`);
  return comment;
}

/** @throws Error if a comment lacks one of these texts */
function expectShown(body: string, texts: readonly string[]): void {
  if (!texts.every((text) => body.includes(text)))
    throw new Error(`The comment shows another plan:\n${body}`);
}
