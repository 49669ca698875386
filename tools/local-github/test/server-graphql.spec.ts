import { startServer, type LocalGitHub } from '../src/server/start-server';
import { base, clarity, head, jobClient, refusal } from './server-client';

let server: LocalGitHub;
let number: number;
beforeEach(async () => {
  server = await startServer();
  ({ number } = server.openPullRequest({ title: 'A change', user: 'ada', head, base }));
});
afterEach(() => server.close());

const find = `
  query($repo: String! $owner: String! $number: Int! $after: String) {
    viewer { login }
    repository(name: $repo owner: $owner) {
      pullRequest(number: $number) {
        comments(first: 100 after: $after) {
          nodes { id author { login } isMinimized body }
          pageInfo { endCursor hasNextPage }
        }
      }
    }
  }`;

interface Found {
  readonly viewer: { readonly login: string };
  readonly repository: {
    readonly pullRequest: {
      readonly comments: {
        readonly nodes: readonly { id: string; isMinimized: boolean; author: { login: string } }[];
        readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
      };
    };
  };
}

function client(permissions: Parameters<typeof jobClient>[1] = { 'pull-requests': 'write' }) {
  const { octokit, rest } = jobClient(server, permissions);
  const comments = async (after: string | null = null) => {
    const found = await octokit.graphql<Found>(find, { ...clarity, number, after });
    return { viewer: found.viewer, ...found.repository.pullRequest.comments };
  };
  const write = (body: string) =>
    rest.issues.createComment({ ...clarity, issue_number: number, body });
  return { octokit, comments, write };
}

test('a comment of the bot is found page by page, and named without [bot]', async () => {
  const { comments, write } = client();
  for (let index = 0; index < 101; index++) await write(`comment ${index}`);
  const first = await comments();
  expect(first.viewer.login).toBe('github-actions[bot]');
  expect(first.nodes).toHaveLength(100);
  expect(first.nodes[0]).toMatchObject({ author: { login: 'github-actions' }, isMinimized: false });
  expect(first.pageInfo.hasNextPage).toBe(true);
  expect(await comments(first.pageInfo.endCursor)).toMatchObject({
    nodes: [{ body: 'comment 100' }],
    pageInfo: { hasNextPage: false },
  });
});

test('a comment is edited, hidden and deleted', async () => {
  const { octokit, comments, write } = client();
  await write('one');
  const [{ id } = { id: '' }] = (await comments()).nodes;
  await octokit.graphql(
    'mutation($input: UpdateIssueCommentInput!) { updateIssueComment(input: $input) { issueComment { id body } } }',
    { input: { id, body: 'two' } },
  );
  await octokit.graphql(
    'mutation($input: MinimizeCommentInput!) { minimizeComment(input: $input) { clientMutationId } }',
    { input: { subjectId: id, classifier: 'OUTDATED' } },
  );
  expect((await comments()).nodes).toMatchObject([{ body: 'two', isMinimized: true }]);
  await octokit.graphql(
    'mutation($id: ID!) { deleteIssueComment(input: { id: $id }) { clientMutationId } }',
    { id },
  );
  expect((await comments()).nodes).toEqual([]);
});

test('a token that may only read cannot change a comment', async () => {
  await client().write('one');
  const { octokit, comments } = client({ 'pull-requests': 'read' });
  const [{ id } = { id: '' }] = (await comments()).nodes;
  await expect(
    octokit.graphql(
      'mutation($id: ID!) { deleteIssueComment(input: { id: $id }) { clientMutationId } }',
      {
        id,
      },
    ),
  ).rejects.toThrow('Resource not accessible by integration');
  expect(server.state.comments(number)).toHaveLength(1);
});

test.each([
  ['a field that it does not have', '{ viewer { email } }', '"email"'],
  ['an alias', '{ me: viewer { login } }', '"me"'],
  ['a fragment', '{ viewer { ...on User { login } } }', '"..."'],
  ['an argument that it does not have', '{ viewer(a: 1) { login } }', 'a of "viewer"'],
])('%s is answered with a 501 and a sentence', async (_what, query, named) => {
  const refused = await refusal(client().octokit.graphql(query));
  expect(refused).toMatchObject({ status: 501 });
  expect(refused.message).toContain(named);
});

test('an unknown operation of the REST API is a 501, which a client does not take for "not there"', async () => {
  const { octokit } = client();
  expect(await refusal(octokit.request('GET /search/issues?q=x'))).toMatchObject({
    status: 501,
    message: expect.stringContaining('does not answer GET /search/issues'),
  });
});
