import { fourWorkers, strangersWords, threeWorkers } from '../repository/changes';
import type { GitHubClient } from '../clients/github-client';
import { playStep, type Play } from './workflow-run';
import type { WorkflowStory } from './current-release';

/** A pull request that is still open. */
export interface OpenPullRequest {
  readonly number: number;
  readonly branch: string;
}

const branch = 'more-workers';

/** One is opened by us, one by a stranger, and ours is pushed to again. @returns ours */
export async function playPullRequests(options: WorkflowStory): Promise<OpenPullRequest> {
  const { findings, github, repository } = options;
  const base = { ref: 'main', sha: await repository.main() };

  const first = await repository.commit(branch, 'Let three workers run', threeWorkers);
  const number = await github.openPullRequest({
    title: 'More workers',
    user: 'ada',
    head: { ref: branch, sha: first },
    base,
  });
  const opened = { kind: 'pull_request', action: 'opened' } as const;
  const planned: Play = {
    what: 'open a pull request with a change of the infrastructure',
    file: 'ci.yml',
    expected: 'success',
    event: { ...opened, number, sha: first },
    jobs: { check: 'success', 'plan (local)': 'success', comment: 'success', ci: 'success' },
  };
  let comment: Comment | undefined;
  await playStep(options, planned, async () => {
    comment = await planComment(github, number, first);
    findings.planComment = comment.body;
    return 'one comment with the plan of this commit';
  });

  await playFork(options, base);

  const second = await repository.commit(branch, 'Let four workers run', fourWorkers);
  await github.pushToPullRequest(number, second);
  const again: Play = {
    ...planned,
    what: 'push to the pull request again',
    event: { kind: 'pull_request', action: 'synchronize', number, sha: second },
  };
  await playStep(options, again, async () => {
    const edited = await planComment(github, number, second);
    if (edited.id !== comment?.id) throw new Error('It is another comment.');
    findings.planComment = edited.body;
    return 'the same comment, edited';
  });
  return { number, branch };
}

async function playFork(
  options: WorkflowStory,
  base: { readonly ref: string; readonly sha: string },
): Promise<void> {
  const { github, repository } = options;
  const sha = await repository.commit('stranger', 'Read the page', strangersWords);
  const number = await github.openPullRequest({
    title: 'A word',
    user: 'mallory',
    head: { ref: 'stranger', sha },
    base,
    fork: true,
  });
  const checked: Play = {
    what: 'open a pull request from a fork',
    file: 'ci.yml',
    expected: 'success',
    event: { kind: 'pull_request', action: 'opened', number, sha },
    jobs: { check: 'success', plan: 'skipped', comment: 'skipped', ci: 'success' },
  };
  await playStep(options, checked, async (run) => {
    const writable = run.jobs.flatMap(({ permissions }) =>
      Object.entries(permissions).filter(([, access]) => access === 'write'),
    );
    if (writable.length > 0) throw new Error(`A fork could write ${writable.join(', ')}.`);
    if ((await commentsOf(github, number)).length > 0) throw new Error('A fork got a comment.');
    return 'checked without credentials, no plan';
  });
}

interface Comment {
  readonly id: number;
  readonly body: string;
}

const commentsOf = (github: GitHubClient, number: number) =>
  github.ask<readonly Comment[]>(`/issues/${number}/comments`);

/** @throws Error unless there is exactly one comment, with the plan of this commit */
async function planComment(github: GitHubClient, number: number, sha: string): Promise<Comment> {
  const [comment, ...more] = await commentsOf(github, number);
  if (!comment || more.length > 0) throw new Error(`${more.length + (comment ? 1 : 0)} comments.`);
  if (!comment.body.includes('max_capacity') || !comment.body.includes(sha))
    throw new Error(`The comment shows another plan:\n${comment.body}`);
  return comment;
}
