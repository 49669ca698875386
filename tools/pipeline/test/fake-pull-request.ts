import { actionsBot } from '../src/core/github/comments';
import { fakeGitHub, type FakeAnswer, type FakeRequest } from './fake-github';

/** Pull request 7 on GitHub, whose head is `abc` and which merged `commit`, with its comments. */
export async function fakePullRequest({
  commit = 'none',
  environments = {},
}: {
  readonly commit?: string;
  /** The protection rules of each. */
  readonly environments?: Readonly<Record<string, readonly object[]>>;
} = {}) {
  const comments: { id: number; body: string; user: { login: string }; html_url: string }[] = [];
  const add = (login: string, body: string) => {
    const id = comments.length + 1;
    const html_url = `https://github.example/pull/7#${id}`;
    const comment = { id, body, user: { login }, html_url };
    comments.push(comment);
    return comment;
  };
  const answer = ({ method, path, body }: FakeRequest): FakeAnswer => {
    const text = String(body['body']);
    switch (`${method} ${path.replace('/repos/clarity/backend', '').replace(/\d+$/, ':id')}`) {
      case `GET /commits/${commit}/pulls`:
        return { body: [{ number: 7, merged_at: '2026-11-23T02:15:00Z', head: { sha: 'abc' } }] };
      case 'GET /issues/7/comments':
        return { body: comments };
      case 'POST /issues/7/comments':
        return { status: 201, body: add(actionsBot, text) };
      case 'PATCH /issues/comments/:id': {
        const edited = comments.find(({ id }) => path.endsWith(`/${id}`));
        return edited ? { body: Object.assign(edited, { body: text }) } : { status: 404 };
      }
      case 'GET /environments/dev-approval': {
        const rules = environments['dev-approval'];
        return rules ? { body: { protection_rules: rules } } : { status: 404 };
      }
      default:
        return path.endsWith('/pulls') ? { body: [] } : { status: 404 };
    }
  };
  return { ...(await fakeGitHub(answer)), comments, add };
}
