import { startServer, type LocalGitHub } from '../src/server/start-server';
import { base, clarity, head, jobClient, personClient, refusal } from './server-client';

let server: LocalGitHub;
beforeEach(async () => {
  server = await startServer({ requestsPerHour: 3 });
});
afterEach(async () => {
  await server.close();
  expect(server.exchanges.filter(({ violation }) => violation)).toEqual([]);
});

const open = () => server.openPullRequest({ title: 'A change', user: 'ada', head, base }).number;

test('a job writes only what its permissions allow, and a refusal names the missing one', async () => {
  const issue = { ...clarity, issue_number: open() };
  const reader = jobClient(server, { 'pull-requests': 'read' });
  expect(await refusal(reader.rest.issues.createComment({ ...issue, body: 'x' }))).toMatchObject({
    status: 403,
    message: expect.stringContaining('Resource not accessible by integration') as string,
    headers: { 'x-accepted-github-permissions': 'issues=write; pull_requests=write' },
  });
  await reader.rest.issues.listComments(issue);
  const stranger = jobClient(server, { contents: 'write' });
  expect(await refusal(stranger.rest.pulls.list(clarity))).toMatchObject({ status: 403 });
  expect((await stranger.rest.repos.get(clarity)).status).toBe(200);
});

test('pull-requests: write does not reach issues', async () => {
  const { data } = await personClient(server, 'ada').rest.issues.create({ ...clarity, title: 'x' });
  const { rest } = jobClient(server, { 'pull-requests': 'write' });
  const comment = { ...clarity, issue_number: data.number, body: 'x' };
  expect(await refusal(rest.issues.createComment(comment))).toMatchObject({
    status: 403,
    headers: { 'x-accepted-github-permissions': 'issues=write' },
  });
});

test('a token is good until it is revoked, and never a user', async () => {
  const { rest, token } = jobClient(server, { contents: 'read' });
  expect(await refusal(rest.users.getAuthenticated())).toMatchObject({ status: 403 });
  await rest.repos.get(clarity);
  server.revokeToken(token);
  expect(await refusal(rest.repos.get(clarity))).toMatchObject({ status: 401 });
  expect((await fetch(`${server.url}/user`)).status).toBe(401);
});

test('the requests of an hour are counted, and refused beyond', async () => {
  const { rest } = jobClient(server, {});
  const { headers } = await rest.repos.get(clarity);
  expect(headers).toMatchObject({ 'x-ratelimit-limit': '3', 'x-ratelimit-remaining': '2' });
  await rest.repos.get(clarity);
  await rest.repos.get(clarity);
  const refused = await refusal(rest.repos.get(clarity));
  expect(refused).toMatchObject({ status: 403, headers: { 'x-ratelimit-remaining': '0' } });
  const reset = Number(refused.headers['x-ratelimit-reset']) * 1000 - Date.now();
  expect(reset).toBeGreaterThan(3_590_000);
  expect((await rest.rateLimit.get()).data.rate.remaining).toBe(0);
});
