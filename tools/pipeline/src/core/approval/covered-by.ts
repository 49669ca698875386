import { fingerprintOf, type ReviewedChange } from '../plan-report/fingerprint';
import type { Review } from '../plan-report/marker';

export type Coverage =
  | { readonly covered: true }
  /** `unreviewed` has the changes that were not reviewed; it is empty if the review was too large to record. */
  | { readonly covered: false; readonly unreviewed: readonly ReviewedChange[] };

/**
 * Whether a deploy may apply its plan without another approval: only if it has the reviewed changes, or
 * fewer of them (some may have been applied since).
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

/** For the log and the approval: the new changes, one per line. */
export function describeUnreviewed(unreviewed: readonly ReviewedChange[]): string {
  if (unreviewed.length === 0) return 'The plan differs from the reviewed one.';
  return [
    'These changes were not reviewed:',
    ...unreviewed.map(({ stack, address }) => `  ${stack}: ${address}`),
  ].join('\n');
}
