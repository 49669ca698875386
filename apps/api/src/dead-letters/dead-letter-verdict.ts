import { hasEnded, type Analysis, type AnalysisRequestReading } from '@clarity/domain';

/**
 * What becomes of a job that the queue gave up.
 * - `redrive`: it goes back to the workers, after a while
 * - `end`: no worker could do it, so its analysis ends as failed
 * - `drop`: nothing waits for it
 * - `keep`: a later release of this service can read it
 */
export type DeadLetterVerdict =
  | { readonly kind: 'redrive'; readonly body: string; readonly delaySeconds: number }
  | { readonly kind: 'end' }
  | { readonly kind: 'drop'; readonly reason: string }
  | { readonly kind: 'keep'; readonly reason: string };

/**
 * Seconds to wait before each redrive. SQS waits 15 minutes at most; the deliveries that follow take half an hour
 * by themselves while something is out of order.
 */
const redriveDelays: readonly number[] = [60, 300, 900];

/** @param stored the analysis that the message names; undefined if there is none */
export function judgeDeadLetter(
  reading: AnalysisRequestReading,
  stored: Analysis | undefined,
): DeadLetterVerdict {
  if (reading.kind === 'newer') return { kind: 'keep', reason: reading.reason };
  if (reading.kind === 'unreadable') return { kind: 'drop', reason: reading.reason };
  if (stored === undefined) return { kind: 'drop', reason: 'This user has no such analysis.' };
  if (hasEnded(stored)) return { kind: 'drop', reason: 'The analysis has ended.' };
  const { redrives = 0, ...message } = reading.message;
  const delaySeconds = redriveDelays[redrives];
  if (delaySeconds === undefined) return { kind: 'end' };
  return {
    kind: 'redrive',
    delaySeconds,
    body: JSON.stringify({ ...message, redrives: redrives + 1 }),
  };
}
