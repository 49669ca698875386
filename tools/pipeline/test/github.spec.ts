import { upsertComment } from '../src/verbs/comment/upsert-comment';
import { connectGitHub } from '../src/core/github/client';
import { commentsOf } from '../src/core/github/comments';
import type { EmbeddedGitHub } from '@clarity/local-github/client';
import { emptyGitHub } from './embedded-github';

/** The client against a server that is checked against GitHub's own API description. */
let server: EmbeddedGitHub;
let token: string;
beforeAll(async () => {
  server = await emptyGitHub();
  ({ token } = await server.control<{ token: string }>('/tokens', { login: 'ada' }));
});
afterAll(() => server.stop());

/** A new pull request, and a client that does not wait. */
async function pullRequest() {
  const commit = { ref: 'main', sha: 'a'.repeat(40) };
  const { number } = await server.control<{ number: number }>('/pull-requests', {
    title: 'A change',
    user: 'ada',
    head: { ...commit, ref: 'change' },
    base: commit,
  });
  const waits: number[] = [];
  const github = connectGitHub({
    token,
    repository: 'clarity/clarity',
    apiUrl: server.addresses.api,
    reporter: { step: () => {}, info: () => {}, warn: () => {} },
    wait: async (ms) => waits.push(ms),
  });
  return { comments: commentsOf(github, number), waits };
}

const marker = '<!-- clarity-plan:dev -->';
const ours = (text: string) => ({ author: 'ada', marker, body: `${marker}\n${text}` });

test('finds and edits a comment beyond the first hundred', async () => {
  const { comments } = await pullRequest();
  for (let count = 0; count < 120; count++) await comments.create(`comment ${count}`);
  const { id } = await comments.create(ours('one').body);
  const { action, comment } = await upsertComment(comments, ours('two'));
  expect([action, comment.id]).toEqual(['updated', id]);
  expect(await comments.list()).toHaveLength(121);
});

test('waits for a secondary rate limit as GitHub asks, and creates the comment once', async () => {
  const { comments, waits } = await pullRequest();
  await server.control('/troubles', {
    match: 'issues/create-comment',
    status: 403,
    headers: { 'retry-after': '7' },
    message: 'You have exceeded a secondary rate limit.',
  });
  await upsertComment(comments, ours('one'));
  expect(waits).toEqual([7_000]);
  expect(await comments.list()).toHaveLength(1);
});

test('retries what GitHub fails at', async () => {
  const { comments, waits } = await pullRequest();
  await server.control('/troubles', { match: 'issues/list-comments', status: 502, times: 2 });
  await expect(comments.list()).resolves.toEqual([]);
  expect(waits).toHaveLength(2);
});

test('leaves one comment if the answer to its creation was lost', async () => {
  const { comments } = await pullRequest();
  await server.control('/troubles', {
    match: 'issues/create-comment',
    status: 504,
    takesEffect: true,
  });
  await upsertComment(comments, ours('one'));
  expect(await comments.list()).toEqual([expect.objectContaining({ body: ours('one').body })]);
});

test('creates the comment again if a person deletes it during the edit', async () => {
  const { comments } = await pullRequest();
  const { id } = await comments.create(ours('one').body);
  await server.control('/troubles', { match: 'issues/update-comment', deletes: id });
  const { action } = await upsertComment(comments, ours('two'));
  expect(action).toBe('created');
  expect(await comments.list()).toEqual([expect.objectContaining({ body: ours('two').body })]);
});

test('two runs that find no comment at the same moment leave one comment', async () => {
  const { comments } = await pullRequest();
  const slow = { match: 'issues/list-comments', latencyMs: 300, times: 2 };
  await server.control('/troubles', slow);
  await Promise.all([upsertComment(comments, ours('one')), upsertComment(comments, ours('two'))]);
  expect(await comments.list()).toHaveLength(1);
});
