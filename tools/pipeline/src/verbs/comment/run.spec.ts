import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakePullRequest } from '../../../test/fake-pull-request';
import { collectOutputs, testStart } from '../../../test/test-start';
import { createsQueue, writeReport } from '../../../test/write-report';
import { actionsBot } from '../../core/github/comments';
import { reportPath } from '../../core/plan-report/report';
import { commentOnPullRequest, type CommentOptions } from './run';

let root: string;
let pullRequest: Awaited<ReturnType<typeof fakePullRequest>>;
const event = process.env['GITHUB_EVENT_PATH'];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'comment-'));
  pullRequest = await fakePullRequest();
  delete process.env['GITHUB_EVENT_PATH'];
});
afterEach(async () => {
  if (event !== undefined) process.env['GITHUB_EVENT_PATH'] = event;
  await pullRequest.close();
  await rm(root, { recursive: true });
});

function commenter() {
  const { start, ...reported } = testStart(root);
  const { outputs, output } = collectOutputs();
  const comment = (options: Partial<CommentOptions>) =>
    commentOnPullRequest(
      { ...start, connectGitHub: () => pullRequest.github },
      {
        report: reportPath(start.workspace, 'dev'),
        reports: undefined,
        pullRequest: 7,
        repository: undefined,
        author: actionsBot,
        ...options,
      },
      output,
    );
  return { comment, outputs, workspace: start.workspace, ...reported };
}

test('shows a plan in one comment, which a later plan replaces, and in the summary of the job', async () => {
  const { comment, outputs, workspace, summaries } = commenter();
  await writeReport(workspace, 'dev', createsQueue('jobs'));
  await comment({});
  expect(outputs['comment-action']).toBe('created');
  await writeReport(workspace, 'dev', createsQueue('more'));
  await comment({});
  expect(outputs).toEqual({
    'comment-id': '1',
    'comment-url': 'https://github.example/pull/7#1',
    'comment-action': 'updated',
  });
  expect(pullRequest.comments).toHaveLength(1);
  expect(pullRequest.comments[0]?.body).toContain('aws_sqs_queue.more');
  expect(summaries[1]).toContain('aws_sqs_queue.more');
});

test('each environment of several reports has its own comment', async () => {
  const { comment, workspace } = commenter();
  await writeReport(workspace, 'dev', createsQueue('jobs'));
  await writeReport(workspace, 'prod', createsQueue('jobs'));
  await comment({ report: undefined, reports: workspace.dist });
  expect(pullRequest.comments.map(({ body }) => body.split('\n')[0])).toEqual([
    '<!-- clarity-plan:dev -->',
    '<!-- clarity-plan:prod -->',
  ]);
});

test('a stack that could not be planned is an error at the top of the run', async () => {
  const { comment, workspace, annotations } = commenter();
  await writeReport(workspace, 'dev', undefined);
  await comment({});
  expect(annotations).toEqual(['data could not be planned.']);
  expect(pullRequest.comments[0]?.body).toContain('Error: no credentials');
});

test.each<[string, Partial<CommentOptions>, RegExp, RegExp | undefined]>([
  ['no report', { report: undefined }, /Give --report <path> or --reports/, undefined],
  ['a report that does not exist', { report: '/none.json' }, /no \/none\.json/, /pipeline plan/],
  ['a file that is not a report', { report: __filename }, /plan report is not JSON/, undefined],
  ['a folder without reports', { report: undefined, reports: '/none' }, /under \/none/, undefined],
  ['no pull request', { pullRequest: undefined }, /not for a pull request/, /--pull-request/],
])('%s is a usage error, and nothing is posted', async (_, options, message, advice) => {
  const { comment, workspace } = commenter();
  await writeReport(workspace, 'dev', createsQueue('jobs'));
  await expect(comment(options)).rejects.toMatchObject({
    reason: 'usage',
    message: expect.stringMatching(message),
    advice: advice && expect.stringMatching(advice),
  });
  expect(pullRequest.comments).toEqual([]);
});
