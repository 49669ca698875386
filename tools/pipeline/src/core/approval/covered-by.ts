import { fingerprintOf, type ReviewedChange } from '../plan-report/fingerprint';
import type { Review } from '../plan-report/marker';

export type Coverage =
  | { readonly covered: true }
  | { readonly covered: false; readonly unreviewed: readonly ReviewedChange[] };

/**
 * Whether a deploy may apply its plan without another approval: only if it has changes that one of the reviews
 * has, or fewer of them (some may have been applied since). A deploy can bring several pull requests.
 */
export function coveredBy(
  reviews: readonly Pick<Review, 'fingerprint' | 'changes'>[],
  now: readonly ReviewedChange[],
): Coverage {
  const fingerprint = fingerprintOf(now);
  if (now.length === 0 || reviews.some((review) => review.fingerprint === fingerprint))
    return { covered: true };
  const known = new Set(reviews.flatMap(({ changes }) => [...(changes ?? [])]));
  const unreviewed = now.filter(({ hash }) => !known.has(hash));
  return unreviewed.length === 0 ? { covered: true } : { covered: false, unreviewed };
}

/** For the log and the approval: the new changes, one per line. */
export function describeUnreviewed(unreviewed: readonly ReviewedChange[]): string {
  return [
    'These changes were not reviewed:',
    ...unreviewed.map(({ stack, address }) => `  ${stack}: ${address}`),
  ].join('\n');
}
