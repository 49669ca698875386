import { coveredBy, describeUnreviewed } from '../../core/approval/covered-by';
import type { ReadReport } from '../../core/plan-report/report';
import type { ReviewedPlan } from './reviewed-plans';

export interface ReviewResult {
  readonly reviewed: boolean;
  /** For a person; one or more lines. */
  readonly why: string;
}

/** May this plan be applied without another approval? What cannot be decided counts as no. */
export function isReviewed(report: ReadReport, reviews: readonly ReviewedPlan[]): ReviewResult {
  const unknown = report.stacks.filter(({ plan }) => !plan).map(({ stack }) => stack);
  if (unknown.length > 0)
    return {
      reviewed: false,
      why: `Changes to ${unknown.join(', ')} could not be planned, so they have not been reviewed.`,
    };
  const now = report.changes;
  if (now.length === 0) return { reviewed: true, why: 'There is nothing to change.' };
  if (reviews.length === 0)
    return {
      reviewed: false,
      why: 'No pull request of these commits shows a plan of its last commit.',
    };
  const coverage = coveredBy(reviews, now);
  const where = reviews
    .map(({ pullRequest, url }) => `pull request ${pullRequest} (${url})`)
    .join(', ');
  return coverage.covered
    ? { reviewed: true, why: `Every change was reviewed in ${where}.` }
    : {
        reviewed: false,
        why: `${describeUnreviewed(coverage.unreviewed)}\nThe reviewed changes are in ${where}.`,
      };
}
