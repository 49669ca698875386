import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakePullRequest } from '../../../test/fake-pull-request';
import { inMemoryEnvironment } from '../../../test/in-memory-environment';
import { collectOutputs } from '../../../test/test-start';
import { createsQueue, writeReport } from '../../../test/write-report';
import { actionsBot } from '../../core/github/comments';
import { asComment, renderReport } from '../../core/plan-report/render';
import { readReport, reportPath } from '../../core/plan-report/report';
import { reviewPlan } from './run';

const commit = 'a'.repeat(40);
let root: string;
const asksAda = [{ type: 'required_reviewers', reviewers: [{ reviewer: { login: 'ada' } }] }];
let pullRequest: Awaited<ReturnType<typeof fakePullRequest>>;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'review-'));
  pullRequest = await fakePullRequest({ commit, environments: { 'dev-approval': asksAda } });
});
afterEach(async () => {
  await pullRequest.close();
  await rm(root, { recursive: true });
});

function reviewer() {
  const { context, ...reported } = inMemoryEnvironment({ root });
  const { outputs, output } = collectOutputs();
  const review = (of = commit) =>
    reviewPlan(
      { ...context, connectGitHub: () => pullRequest.github },
      { commit: of, repository: undefined, author: actionsBot, key: 'test' },
      output,
    );
  const { workspace } = context;
  const plan = (queue: string) => writeReport(workspace, 'dev', createsQueue(queue));
  /** The plan is shown in the pull request, by this author. */
  const show = async (author: string) => {
    const report = await readReport(reportPath(workspace, 'dev'));
    pullRequest.add(author, renderReport(report, asComment(undefined)));
  };
  return { review, outputs, plan, show, ...reported };
}

test('a plan that the pull request showed is reviewed, and its changes are the approved ones', async () => {
  const { review, outputs, plan, show, summaries } = reviewer();
  await plan('jobs');
  await show(actionsBot);
  await review();
  expect(outputs['reviewed']).toBe('true');
  expect(Object.keys(JSON.parse(outputs['changes'] ?? '{}'))).toEqual(['data']);
  expect(summaries).toEqual([]);
});

test('a plan that differs from the one shown is not reviewed, and its approvers see it', async () => {
  const { review, outputs, plan, show, summaries, annotations } = reviewer();
  await plan('jobs');
  await show(actionsBot);
  await plan('more');
  await review();
  expect(outputs['reviewed']).toBe('false');
  expect(annotations[0]).toMatch(/aws_sqs_queue\.more/);
  expect(summaries.join('')).toMatch(/aws_sqs_queue\.more/);
});

test('a plan comment by another person is not a review', async () => {
  const { review, outputs, plan, show } = reviewer();
  await plan('jobs');
  await show('mallory');
  await review();
  expect(outputs['reviewed']).toBe('false');
});

test('a commit without a pull request is not reviewed', async () => {
  const { review, outputs, plan, show } = reviewer();
  await plan('jobs');
  await show(actionsBot);
  await review('b'.repeat(40));
  expect(outputs['reviewed']).toBe('false');
});

test.each<[string, Record<string, readonly object[]>]>([
  ['does not exist', {}],
  ['has no protection', { 'dev-approval': [] }],
  ['only waits', { 'dev-approval': [{ type: 'wait_timer', wait_timer: 30 }] }],
  ['has no reviewers', { 'dev-approval': [{ type: 'required_reviewers', reviewers: [] }] }],
])('nothing is deployed without approval if its environment %s', async (_, environments) => {
  await pullRequest.close();
  pullRequest = await fakePullRequest({ commit, environments });
  const { review, outputs, plan } = reviewer();
  await plan('jobs');
  await expect(review()).rejects.toMatchObject({
    reason: 'environment',
    message: expect.stringContaining('dev-approval'),
  });
  expect(outputs).toEqual({});
});

test('without a plan, the verb to run first is named', async () => {
  const { review, outputs } = reviewer();
  await expect(review()).rejects.toMatchObject({
    reason: 'usage',
    advice: 'Run `pipeline plan` first.',
  });
  expect(outputs).toEqual({});
});
