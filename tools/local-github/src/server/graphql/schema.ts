import { requirePermission } from '../access/permissions';
import { actionsBot, type Caller } from '../access/tokens';
import { nodeId, type Addresses } from '../answers/addresses';
import { requireBodyFits } from '../routes/body-limit';
import { grantsOfNumber } from '../routes/whose-number';
import type { CommentRecord } from '../state/records';
import { isPullRequest, type Store } from '../state/store';
import { GraphqlError } from './graphql-error';
import { Resolver, type GraphValue } from './project';

interface Graph {
  readonly store: Store;
  readonly addresses: Addresses;
  readonly caller: Caller;
}

/** What actions that keep one comment up to date ask for. https://docs.github.com/graphql/reference */
export function querySchema(graph: Graph): GraphValue {
  const { addresses, caller } = graph;
  return {
    viewer: { login: caller.login },
    repository: new Resolver(['owner', 'name'], ({ owner, name }) => {
      if (`${String(owner)}/${String(name)}`.toLowerCase() !== addresses.repository.toLowerCase())
        throw new GraphqlError('NOT_FOUND', 'Could not resolve to a Repository with that name.');
      return { pullRequest: new Resolver(['number'], (args) => pullRequest(graph, args)) };
    }),
  };
}

export function mutationSchema(graph: Graph): GraphValue {
  const { store } = graph;
  const ofInput = (idKey: string, act: (comment: CommentRecord, input: Input) => GraphValue) =>
    new Resolver(['input'], ({ input }) => {
      const given = input as Input;
      return act(writable(graph, given[idKey]), given);
    });
  return {
    updateIssueComment: ofInput('id', (comment, { body }) => {
      requireBodyFits('IssueComment', body);
      comment.body = String(body);
      comment.updatedAt = store.now();
      return { issueComment: shown(comment) };
    }),
    deleteIssueComment: ofInput('id', (comment) => {
      store.commentsById.delete(comment.id);
      return { clientMutationId: null };
    }),
    minimizeComment: ofInput('subjectId', (comment, { classifier }) => {
      comment.minimizedFor = String(classifier);
      return { clientMutationId: null };
    }),
  };
}

type Input = Readonly<Record<string, unknown>>;

function pullRequest({ store, caller }: Graph, { number }: Input): GraphValue {
  const record = store.numbered.get(Number(number));
  if (!record || !isPullRequest(record))
    throw new GraphqlError(
      'NOT_FOUND',
      `Could not resolve to a PullRequest with the number of ${String(number)}.`,
    );
  requirePermission(caller, grantsOfNumber(store, record.number, 'read'));
  return {
    comments: new Resolver(['first', 'after'], ({ first, after }) => {
      const all = store.comments(record.number);
      const start = after ? all.findIndex(({ id }) => nodeId('IC', id) === after) + 1 : 0;
      const page = all.slice(start, start + Number(first));
      const last = page.at(-1);
      return {
        nodes: page.map(shown),
        pageInfo: {
          endCursor: last ? nodeId('IC', last.id) : null,
          hasNextPage: start + page.length < all.length,
        },
      };
    }),
  };
}

/** GraphQL names an app without the `[bot]` of the REST API. */
function shown({ id, user, body, minimizedFor }: Readonly<CommentRecord>): GraphValue {
  const login = user === actionsBot ? user.replace('[bot]', '') : user;
  return {
    id: nodeId('IC', id),
    author: { login },
    body,
    isMinimized: minimizedFor !== null,
  };
}

/** @throws GraphqlError or Refusal if there is no such comment, or the caller may not change it */
function writable({ store, caller }: Graph, id: unknown): CommentRecord {
  const comment = [...store.commentsById.values()].find((each) => nodeId('IC', each.id) === id);
  if (!comment)
    throw new GraphqlError(
      'NOT_FOUND',
      `Could not resolve to a node with the global id of '${String(id)}'.`,
    );
  requirePermission(caller, grantsOfNumber(store, comment.issue, 'write'));
  return comment;
}
