import { readReview, type Review } from '../../core/plan-report/marker';
import { commentsOf } from '../../core/github/comments';
import type { GitHub } from '../../core/github/client';
import pLimit from 'p-limit';

/** The reviewed plan of a pull request. */
export interface ReviewedPlan extends Review {
  readonly pullRequest: number;
  readonly url: string;
}

export interface ReviewQuery {
  /** Commits of the main branch. */
  readonly commits: readonly string[];
  readonly environment: string;
  /** Login that plan comments are by. */
  readonly author: string;
  /** See review-key.ts. */
  readonly key: string;
}

const requestsAtOnce = 5;

/**
 * The plans that the reviewers of these commits saw: the plan comments of the pull requests that brought them, each of
 * the commit that was merged.
 * @returns none for a commit that was pushed directly, or merged without a plan of its last commit
 */
export async function reviewedPlans(
  github: GitHub,
  { commits, ...query }: ReviewQuery,
): Promise<readonly ReviewedPlan[]> {
  const inTurn = pLimit(requestsAtOnce);
  const merged = await Promise.all(commits.map((commit) => inTurn(() => mergedBy(github, commit))));
  const heads = new Map(merged.flat().map(({ number, head }) => [number, head.sha]));
  const plans = [...heads].map(([number, head]) =>
    inTurn(() => planOf(github, number, { ...query, head })),
  );
  return (await Promise.all(plans)).flatMap((plan) => plan ?? []);
}

async function mergedBy({ octokit, repository }: GitHub, commit_sha: string) {
  const pullRequests = await octokit.paginate(
    octokit.rest.repos.listPullRequestsAssociatedWithCommit,
    { ...repository, commit_sha, per_page: 100 },
  );
  return pullRequests.filter(({ merged_at }) => merged_at);
}

async function planOf(
  github: GitHub,
  pullRequest: number,
  { environment, author, key, head }: Omit<ReviewQuery, 'commits'> & { readonly head: string },
): Promise<ReviewedPlan | undefined> {
  const comments = await commentsOf(github, pullRequest).list();
  return comments
    .filter((comment) => comment.author === author)
    .flatMap(({ body, url }) => {
      const review = readReview(body, environment, key);
      return review?.commit === head ? [{ ...review, pullRequest, url }] : [];
    })
    .at(-1);
}
