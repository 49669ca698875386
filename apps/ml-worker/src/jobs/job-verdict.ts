import { hasEnded, type Analysis, type AnalysisRequested } from '@clarity/domain';

/**
 * What becomes of a delivered job.
 * - `done`: the analysis has ended, as `status` says, or before this delivery could; the job can go
 * - `refused`: the message is not to be believed; nothing is written and the job goes
 * - `unreadable`: the message cannot be told from noise; it is given back until the queue moves it to
 *   its dead letters, where a person can look at it
 * - `given-back`: this worker cannot do it, another can, at once
 * - `elsewhere`: another worker may be able to do it: one that serves its model, or of a newer release; what
 *   ends it if there is none is the consumer of the dead letters
 * - `again`: something is not there yet; the job comes back when its time is up
 * - `outage`: something that every job needs failed; the job comes back, later after each delivery
 */
export type JobVerdict =
  | { readonly kind: 'done'; readonly status: Analysis['status'] | 'erased' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'given-back'; readonly reason: string }
  | { readonly kind: 'elsewhere' | 'again' | 'outage'; readonly reason: string };

/** What happens to a job in the queue: gone for good, back at once, back in its time (left), or back late. */
export function settlementOf(verdict: JobVerdict): 'complete' | 'abandon' | 'leave' | 'postpone' {
  switch (verdict.kind) {
    case 'done':
    case 'refused':
      return 'complete';
    case 'unreadable':
    case 'given-back':
      return 'abandon';
    case 'again':
      return 'leave';
    case 'elsewhere':
    case 'outage':
      return 'postpone';
  }
}

const longestPostponementSeconds = 900;

/**
 * How long a job stays hidden that is for another worker, or for the time after an outage: 1, 3, 9 and then 15 minutes, so that the five deliveries
 * after which the queue gives up last longer than most outages.
 * @param deliveries from 1
 */
export function postponementSeconds(deliveries: number): number {
  return Math.min(longestPostponementSeconds, 60 * 3 ** (deliveries - 1));
}

/** A read may lag behind the write that announced it, so one miss proves nothing. */
const missesToBelieve = 2;

/**
 * Judges a message by the analysis that is stored under the user and id it names.
 * @param stored what the repository has, undefined if that user has no such analysis
 * @returns undefined if the analysis is to be done
 */
export function judgeRequest(
  request: AnalysisRequested,
  stored: Analysis | undefined,
  deliveries: number,
): JobVerdict | undefined {
  if (stored === undefined) {
    const reason = 'This user has no such analysis.';
    return deliveries < missesToBelieve ? { kind: 'again', reason } : { kind: 'refused', reason };
  }
  const { bucket, key, sha256 } = stored.input;
  const { input } = request;
  if (input.bucket !== bucket || input.key !== key || input.sha256 !== sha256)
    return { kind: 'refused', reason: "The message names another input than the analysis's own." };
  return hasEnded(stored) ? { kind: 'done', status: stored.status } : undefined;
}
