import { fakeGitHub } from '../../../test/fake-github';
import { createsQueue } from '../../../test/write-report';
import { actionsBot } from '../../core/github/comments';
import { changesIn } from '../../core/plan-report/fingerprint';
import { planMarker, reviewMarker, sealed } from '../../core/plan-report/marker';
import { reviewedPlans } from './reviewed-plans';

const key = 'lineage';
const planned = (queue: string, commit: string, by = key) => {
  const changes = changesIn('data', createsQueue(queue), key);
  const marker = reviewMarker(sealed({ environment: 'dev', commit, changes }, by));
  return `${planMarker('dev')}\n${marker}\nrest`;
};

interface PullRequest {
  readonly head: string;
  readonly merge: string;
  readonly comments: readonly string[];
}

/** @returns the pull requests in whose comments a review was found */
async function reviewedIn(pulls: readonly PullRequest[]): Promise<readonly number[]> {
  const fake = await fakeGitHub(({ path }) => {
    const [, , , , what, which] = path.split('/');
    if (what === 'commits')
      return {
        body: pulls.flatMap(({ head, merge }, index) =>
          merge === which
            ? [{ number: index + 1, merged_at: '2026-11-23T02:15:00Z', head: { sha: head } }]
            : [],
        ),
      };
    const comments = pulls[Number(which) - 1]?.comments ?? [];
    const user = { login: actionsBot };
    return { body: comments.map((body, id) => ({ id, body, user, html_url: 'https://x' })) };
  });
  const commits = pulls.map(({ merge }) => merge);
  const query = { commits, environment: 'dev', author: actionsBot, key };
  const plans = await reviewedPlans(fake.github, query).finally(fake.close);
  return plans.map(({ pullRequest }) => pullRequest);
}

test('the plans of all pull requests that a deploy brings are reviewed', async () => {
  const found = await reviewedIn([
    { head: 'h1', merge: 'm1', comments: [planned('one', 'h1')] },
    { head: 'h2', merge: 'm2', comments: ['hello', planned('two', 'h2')] },
    { head: 'h3', merge: 'm3', comments: [] },
  ]);
  expect(found).toEqual([1, 2]);
});

test('a plan of an earlier push than the one that was merged is not a review of it', async () => {
  const outdated = { head: 'pushed-later', merge: 'm1', comments: [planned('one', 'h1')] };
  expect(await reviewedIn([outdated])).toEqual([]);
});

test('a comment that a workflow of a branch wrote is not a review', async () => {
  const forged = { head: 'h1', merge: 'm1', comments: [planned('one', 'h1', 'a guess')] };
  const copied = { head: 'h2', merge: 'm2', comments: [planned('two', 'h1')] };
  expect(await reviewedIn([forged, copied])).toEqual([]);
});
