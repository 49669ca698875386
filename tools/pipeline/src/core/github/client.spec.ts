import { githubOptions } from './client';
import { commentsOf } from './comments';
import { fakeGitHub, type FakeAnswer, type FakeRequest } from '../../../test/fake-github';
import { issuesLabelled } from './issues';

const comment = (id: number, body = `comment ${id}`) => ({
  id,
  body,
  user: { login: 'github-actions[bot]' },
  html_url: `https://github.example/pull/7#${id}`,
});

let close: () => Promise<void> = async () => undefined;
afterEach(() => close());

async function start(answer: (request: FakeRequest, origin: string) => FakeAnswer) {
  const fake = await fakeGitHub(answer);
  close = fake.close;
  return fake;
}

/** Answers with these in order. */
const inTurn = (answers: readonly FakeAnswer[]) => {
  const left = [...answers];
  return () => left.shift() ?? { status: 599, body: { message: 'too many requests of the test' } };
};

test('reads comments beyond the first page', async () => {
  const { github, requests } = await start(({ query }, origin) => {
    const page = Number(query.get('page') ?? 1);
    const next = `<${origin}/repos/clarity/backend/issues/7/comments?per_page=100&page=${page + 1}>; rel="next"`;
    return {
      headers: page < 3 ? { link: next } : {},
      body: [comment(page * 2), comment(page * 2 - 1)],
    };
  });
  const ids = (await commentsOf(github, 7).list()).map(({ id }) => id);
  expect(ids).toEqual([1, 2, 3, 4, 5, 6]);
  expect(requests[0]?.headers.authorization).toBe('token a-token');
});

test('waits for a secondary rate limit as long as GitHub asks', async () => {
  const limited = { message: 'You have exceeded a secondary rate limit.' };
  const { github, waits, warnings } = await start(
    inTurn([
      { status: 403, headers: { 'retry-after': '7' }, body: limited },
      { status: 429, body: limited },
      { status: 201, body: comment(1) },
    ]),
  );
  await expect(commentsOf(github, 7).create('hello')).resolves.toMatchObject({ id: 1 });
  expect(waits).toEqual([7_000, 60_000]);
  expect(warnings[0]).toMatch(/rate limit .*retrying in 7 s/);
});

test('retries what GitHub fails at, after longer and longer waits', async () => {
  const down = { status: 502, body: { message: 'Bad gateway' } };
  const { github, waits } = await start(inTurn([down, down, down, { body: [comment(1)] }]));
  await expect(commentsOf(github, 7).list()).resolves.toHaveLength(1);
  expect(waits).toHaveLength(3);
  waits.forEach((ms, index) => {
    expect(ms).toBeGreaterThanOrEqual(500 * 2 ** index);
    expect(ms).toBeLessThanOrEqual(1_500 * 2 ** index);
  });
});

test('reports one sentence if GitHub stays down', async () => {
  const { github, requests } = await start(() => ({ status: 503, body: { message: 'Down' } }));
  await expect(commentsOf(github, 7).list()).rejects.toMatchObject({
    reason: 'environment',
    message: expect.stringContaining('GitHub answered 503'),
  });
  expect(requests).toHaveLength(5);
});

test('distinguishes a network failure from an answer of GitHub', async () => {
  const { github, close: stop, warnings } = await fakeGitHub(() => ({}));
  await stop();
  await expect(commentsOf(github, 7).list()).rejects.toMatchObject({
    reason: 'environment',
    message: expect.stringContaining('GitHub could not be reached'),
    advice: expect.stringContaining('GITHUB_API_URL'),
  });
  expect(warnings[0]).toContain('GitHub could not be reached');
});

test('names a missing permission, and does not retry', async () => {
  const { github, requests } = await start(() => ({
    status: 403,
    headers: { 'x-accepted-github-permissions': 'issues=write; pull_requests=write' },
    body: { message: 'Resource not accessible by integration' },
  }));
  await expect(commentsOf(github, 7).create('hello')).rejects.toMatchObject({
    reason: 'environment',
    advice: 'The job needs the permission issues=write; pull_requests=write.',
  });
  expect(requests).toHaveLength(1);
});

test('editing or removing a deleted comment is not a failure', async () => {
  const { github } = await start(() => ({ status: 404, body: { message: 'Not Found' } }));
  const comments = commentsOf(github, 7);
  await expect(comments.update(1, 'hello')).resolves.toBeUndefined();
  await expect(comments.remove(1)).resolves.toBeUndefined();
});

test('lists issues with the label, but not pull requests with it', async () => {
  const issue = (number: number) => ({ ...comment(number), number });
  const { github, requests } = await start(({ method }) =>
    method === 'GET'
      ? { body: [issue(9), { ...issue(8), pull_request: {} }, issue(3)] }
      : { status: 201, body: issue(10) },
  );
  const issues = issuesLabelled(github, 'drift');
  expect((await issues.listOpen()).map(({ number }) => number)).toEqual([3, 9]);
  await issues.open('Drift', 'body');
  await issues.close(10, 'completed');
  expect(requests.map(({ method, query, body }) => [method, query.get('labels'), body])).toEqual([
    ['GET', 'drift', {}],
    ['POST', null, { title: 'Drift', body: 'body', labels: ['drift'] }],
    ['PATCH', null, { state: 'closed', state_reason: 'completed' }],
  ]);
});

test('takes the token from the environment, and requires the owner of the repository', () => {
  expect(() => githubOptions({}, 'a/b')).toThrow('GITHUB_TOKEN is not set');
  expect(() => githubOptions({ GITHUB_TOKEN: 't' }, 'backend')).toThrow('not a repository');
  expect(githubOptions({ GITHUB_TOKEN: 't', GITHUB_REPOSITORY: 'a/b' }, undefined)).toEqual({
    token: 't',
    repository: 'a/b',
    apiUrl: 'https://api.github.com',
  });
});
