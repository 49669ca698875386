import { upsertComment } from '../src/verbs/comment/upsert-comment';
import { connectGitHub } from '../src/core/github/client';
import { commentsOf } from '../src/core/github/comments';
import { startEmbeddedGitHub, type EmbeddedGitHub } from './embedded-github';

/** The client against a server that is held to GitHub's own description. */
let server: EmbeddedGitHub;
let token: string;
beforeAll(async () => {
  server = await startEmbeddedGitHub();
  ({ token } = await server.tell<{ token: string }>('/tokens', { login: 'ada' }));
});
afterAll(() => server.stop());

/** A pull request of the test's own, and a client that waits in no time. */
async function pullRequest() {
  const commit = { ref: 'main', sha: 'a'.repeat(40) };
  const { number } = await server.tell<{ number: number }>('/pull-requests', {
    title: 'A change',
    user: 'ada',
    head: { ...commit, ref: 'change' },
    base: commit,
  });
  const waits: number[] = [];
  const github = connectGitHub({
    token,
    repository: 'clarity/clarity',
    apiUrl: server.url,
    reporter: { step: () => {}, info: () => {}, warn: () => {} },
    wait: async (ms) => waits.push(ms),
  });
  return { comments: commentsOf(github, number), waits };
}

const marker = '<!-- clarity-plan:dev -->';
const ours = (text: string) => ({ author: 'ada', marker, body: `${marker}\n${text}` });

test('a comment beyond the first hundred is found, and edited', async () => {
  const { comments } = await pullRequest();
  for (let count = 0; count < 120; count++) await comments.create(`comment ${count}`);
  const { id } = await comments.create(ours('one').body);
  const { action, comment } = await upsertComment(comments, ours('two'));
  expect([action, comment.id]).toEqual(['updated', id]);
  expect(await comments.list()).toHaveLength(121);
});

test('a secondary rate limit is waited for as GitHub says, and the comment is written once', async () => {
  const { comments, waits } = await pullRequest();
  await server.tell('/troubles', {
    match: 'issues/create-comment',
    status: 403,
    headers: { 'retry-after': '7' },
    message: 'You have exceeded a secondary rate limit.',
  });
  await upsertComment(comments, ours('one'));
  expect(waits).toEqual([7_000]);
  expect(await comments.list()).toHaveLength(1);
});

test('what GitHub fails at is tried again', async () => {
  const { comments, waits } = await pullRequest();
  await server.tell('/troubles', { match: 'issues/list-comments', status: 502, times: 2 });
  await expect(comments.list()).resolves.toEqual([]);
  expect(waits).toHaveLength(2);
});

test('an answer that was lost after it took effect leaves one comment', async () => {
  const { comments } = await pullRequest();
  await server.tell('/troubles', {
    match: 'issues/create-comment',
    status: 504,
    takesEffect: true,
  });
  await upsertComment(comments, ours('one'));
  expect(await comments.list()).toEqual([expect.objectContaining({ body: ours('one').body })]);
});

test('deleted by a person while it is edited, it is written again', async () => {
  const { comments } = await pullRequest();
  const { id } = await comments.create(ours('one').body);
  await server.tell('/troubles', { match: 'issues/update-comment', deletes: id });
  const { action } = await upsertComment(comments, ours('two'));
  expect(action).toBe('created');
  expect(await comments.list()).toEqual([expect.objectContaining({ body: ours('two').body })]);
});

test('of two runs that find none at the same moment, one comment stays', async () => {
  const { comments } = await pullRequest();
  const slow = { match: 'issues/list-comments', latencyMs: 300, times: 2 };
  await server.tell('/troubles', slow);
  await Promise.all([upsertComment(comments, ours('one')), upsertComment(comments, ours('two'))]);
  expect(await comments.list()).toHaveLength(1);
});
