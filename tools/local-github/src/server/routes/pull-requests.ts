import { fileAnswer, pullRequestAnswer, pullRequestItem } from '../answers/pull-request';
import { notFound, Refusal } from '../refusal';
import { findPullRequest } from '../state/pull-requests';
import type { PullRequestRecord } from '../state/records';
import { numberIn, textIn, type Call, type Route, type Routes } from './route';
import { inOrder } from './order';

const readsPullRequests: Route['needs'] = () => [['pull-requests', 'read']];

function requested({ store, path }: Call): PullRequestRecord {
  const record = findPullRequest(store, numberIn(path, 'pull_number'));
  if (!record) throw notFound();
  return record;
}

export const pullRequestRoutes: Routes = {
  'pulls/list': {
    needs: readsPullRequests,
    honours: ['state', 'head', 'base', 'sort', 'direction'],
    answer: ({ store, addresses, query }) => {
      const [state, head, base] = [textIn(query, 'state') ?? 'open', query['head'], query['base']];
      const [owner = ''] = addresses.repository.split('/');
      const fits = (pull: PullRequestRecord) =>
        (state === 'all' || pull.state === state) &&
        (base === undefined || pull.base.ref === base) &&
        (head === undefined || `${pull.head.fork ? pull.user : owner}:${pull.head.ref}` === head);
      const list = inOrder(store.pullRequests().filter(fits), query);
      return { list: list.map((pull) => pullRequestItem(store, addresses, pull)) };
    },
  },
  'pulls/get': {
    needs: readsPullRequests,
    answer: (call) => ({
      status: 200,
      body: pullRequestAnswer(call.store, call.addresses, requested(call)),
    }),
  },
  'pulls/list-files': {
    needs: readsPullRequests,
    answer: (call) => {
      const { files, head } = requested(call);
      return { list: files.map((file) => fileAnswer(call.addresses, head.sha, file)) };
    },
  },
  'repos/list-pull-requests-associated-with-commit': {
    needs: readsPullRequests,
    answer: ({ store, addresses, path }) => {
      const sha = textIn(path, 'commit_sha') ?? '';
      if (!/^[0-9a-f]{40}$/.test(sha)) throw new Refusal(422, `No commit found for SHA: ${sha}`);
      const pulls = store.pullRequests();
      const merged = pulls.filter(({ mergeCommit }) => mergeCommit === sha);
      // Of a commit on the default branch, the pull request that brought it there.
      const associated =
        merged.length > 0 ? merged : pulls.filter(({ commits }) => commits.includes(sha));
      return { list: associated.map((pull) => pullRequestItem(store, addresses, pull)) };
    },
  },
};
