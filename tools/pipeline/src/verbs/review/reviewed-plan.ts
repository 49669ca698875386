import { actionsBot, commentsOf } from '../../core/github/comments';
import type { GitHub } from '../../core/github/client';
import { readReview, type Review } from '../../core/plan-report/marker';

/** The reviewed plan of a commit, and its pull request. */
export interface ReviewedPlan extends Review {
  readonly pullRequest: number;
  readonly url: string;
}

/**
 * The plan that the reviewers of a commit saw: the plan comment of the pull request that was merged.
 * @returns undefined if there is none: pushed directly, or merged without a plan
 */
export async function reviewedPlan(
  github: GitHub,
  {
    commit,
    environment,
    author = actionsBot,
  }: { commit: string; environment: string; author?: string },
): Promise<ReviewedPlan | undefined> {
  const { octokit, repository } = github;
  const pullRequests = await octokit.paginate(
    octokit.rest.repos.listPullRequestsAssociatedWithCommit,
    { ...repository, commit_sha: commit, per_page: 100 },
  );
  const merged = pullRequests
    .filter((each) => each.merged_at)
    .toSorted((a, b) => String(b.merged_at).localeCompare(String(a.merged_at)));
  for (const { number } of merged) {
    for (const { author: by, body, url } of await commentsOf(github, number).list()) {
      const review = by === author ? readReview(body, environment) : undefined;
      if (review) return { ...review, pullRequest: number, url };
    }
  }
  return undefined;
}
