import { startServer, type LocalGitHub } from '../src/server/start-server';
import { secondaryRateLimit } from '../src/server/trouble';
import { base, clarity, head, jobClient, refusal } from './server-client';

let server: LocalGitHub;
let number: number;
beforeEach(async () => {
  server = await startServer();
  number = server.openPullRequest({ title: 'A change', user: 'ada', head, base }).number;
});
afterEach(() => server.close());

const client = () => {
  const { rest } = jobClient(server, { 'pull-requests': 'write' });
  const issue = { ...clarity, issue_number: number };
  return { rest, issue, comment: (body: string) => rest.issues.createComment({ ...issue, body }) };
};

test.each([403, 429] as const)(
  'a secondary limit answers %p, and is over after',
  async (status) => {
    server.trouble.add({ match: 'issues/create-comment', ...secondaryRateLimit(7, status) });
    const { comment } = client();
    expect(await refusal(comment('x'))).toMatchObject({
      status,
      message: expect.stringContaining('secondary rate limit') as string,
      headers: { 'retry-after': '7' },
    });
    await comment('x');
    expect(server.state.comments(number)).toHaveLength(1);
    expect(server.trouble.pending()).toEqual([]);
  },
);

test('GitHub fails at the configured operation, as often as configured', async () => {
  server.trouble.add({ match: /^POST .*\/comments$/, status: 502, times: 2 });
  const { comment, rest, issue } = client();
  expect((await rest.issues.listComments(issue)).data).toEqual([]);
  expect(await refusal(comment('x'))).toMatchObject({ status: 502 });
  expect(await refusal(comment('x'))).toMatchObject({ status: 502 });
  await comment('x');
  expect(server.exchanges.map(({ status }) => status)).toEqual([200, 502, 502, 201]);
});

test('an answer may be lost after the request took effect', async () => {
  server.trouble.add({ match: 'issues/create-comment', status: 504, takesEffect: true });
  expect(await refusal(client().comment('x'))).toMatchObject({ status: 504 });
  expect(server.state.comments(number)).toHaveLength(1);
});

test('a person deletes a comment while it is being edited', async () => {
  const { comment, rest } = client();
  const { id } = (await comment('x')).data;
  server.trouble.add({
    match: 'issues/update-comment',
    meanwhile: () => server.deleteComment(id),
  });
  const edit = rest.issues.updateComment({ ...clarity, comment_id: id, body: 'y' });
  expect(await refusal(edit)).toMatchObject({ status: 404 });
});

test('two runs may be let through a list at the same moment', async () => {
  const { rest, issue } = client();
  let both = () => {};
  const together = new Promise<void>((resolve) => (both = resolve));
  server.trouble.add({ match: 'issues/list-comments', meanwhile: () => together });
  server.trouble.add({ match: 'issues/list-comments', meanwhile: () => both() });
  const lists = await Promise.all([
    rest.issues.listComments(issue),
    rest.issues.listComments(issue),
  ]);
  expect(lists.map(({ data }) => data)).toEqual([[], []]);
});

test('a slow answer ends with the server', async () => {
  server.trouble.add({ match: 'repos/get', latencyMs: 3_600_000 });
  const asked = refusal(client().rest.repos.get(clarity));
  await new Promise(setImmediate);
  while (server.trouble.pending().length > 0) await new Promise(setImmediate);
  await server.close();
  expect((await asked).status).toBe(500);
});
