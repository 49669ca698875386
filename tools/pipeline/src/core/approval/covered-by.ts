import { fingerprintOf, type ReviewedChange } from '../plan-report/fingerprint';
import type { Review } from '../plan-report/marker';

export type Coverage =
  | { readonly covered: true }
  /** `unreviewed` is what nobody has seen; empty where the review is too large to tell. */
  | { readonly covered: false; readonly unreviewed: readonly ReviewedChange[] };

/**
 * May a deploy apply what it plans now, without being asked again? Only what was reviewed: the same
 * changes, or fewer of them (some may have been applied since).
 */
export function coveredBy(
  review: Pick<Review, 'fingerprint' | 'changes'>,
  now: readonly ReviewedChange[],
): Coverage {
  if (now.length === 0 || fingerprintOf(now) === review.fingerprint) return { covered: true };
  if (!review.changes) return { covered: false, unreviewed: [] };
  const unreviewed = now.filter(({ hash }) => !review.changes?.has(hash));
  return unreviewed.length === 0 ? { covered: true } : { covered: false, unreviewed };
}

/** For the log and the approval: what is new, one line each. */
export function describeUnreviewed(unreviewed: readonly ReviewedChange[]): string {
  if (unreviewed.length === 0) return 'The plan is not the one that was reviewed.';
  return [
    'These changes are not among those reviewed:',
    ...unreviewed.map(({ stack, address }) => `  ${stack}: ${address}`),
  ].join('\n');
}
