import type { ReadReport } from '../../core/plan-report/report';
import { coveredBy, describeUnreviewed } from '../../core/approval/covered-by';
import { changesIn } from '../../core/plan-report/fingerprint';
import type { ReviewedPlan } from './reviewed-plan';

export interface Judgement {
  readonly reviewed: boolean;
  /** For a person, of one or more lines. */
  readonly why: string;
}

/** May this plan be applied without asking anybody again? Whatever cannot be known counts as no. */
export function judge(report: ReadReport, review: ReviewedPlan | undefined): Judgement {
  const unknown = report.stacks.filter(({ plan }) => !plan).map(({ stack }) => stack);
  if (unknown.length > 0)
    return { reviewed: false, why: `Nobody could see the changes of ${unknown.join(', ')} yet.` };
  const now = report.stacks.flatMap(({ stack, plan }) => (plan ? changesIn(stack, plan) : []));
  if (now.length === 0) return { reviewed: true, why: 'There is nothing to change.' };
  if (!review) return { reviewed: false, why: 'No pull request of this commit shows a plan.' };
  const coverage = coveredBy(review, now);
  const where = `pull request ${review.pullRequest} (${review.url})`;
  return coverage.covered
    ? { reviewed: true, why: `Everything was reviewed in ${where}.` }
    : { reviewed: false, why: `${describeUnreviewed(coverage.unreviewed)}\nWhat was: ${where}.` };
}
