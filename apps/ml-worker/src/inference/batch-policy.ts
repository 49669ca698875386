import type { ExecutionProvider } from './onnx-session';

/** How weeks that wait are put together. */
export interface BatchPolicy {
  /** Sizes that a run may have, rising: a provider prepares itself for each size it meets. */
  readonly buckets: readonly number[];
  /** How long a week may wait for others while nothing runs. */
  readonly flushAfterMs: number;
}

/** On a CPU one week already uses every core, and batching does not pay. */
export const batchPolicies: Readonly<Record<ExecutionProvider, BatchPolicy>> = {
  cpu: { buckets: [1], flushAfterMs: 0 },
  cuda: { buckets: [1, 2, 4, 8, 16, 32], flushAfterMs: 20 },
};

export const largestBatch = ({ buckets }: BatchPolicy): number => buckets[buckets.length - 1] ?? 1;

/** @returns the smallest bucket that holds `size` weeks; the largest if none does */
export function bucketFor(size: number, policy: BatchPolicy): number {
  return policy.buckets.find((bucket) => bucket >= size) ?? largestBatch(policy);
}

export type BatchStep =
  | { readonly kind: 'run'; readonly size: number }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'rest' };

/**
 * What to do while nothing runs.
 * @param oldestWaitedMs of the week that waits longest
 */
export function nextBatchStep(
  waiting: number,
  oldestWaitedMs: number,
  policy: BatchPolicy,
): BatchStep {
  if (waiting === 0) return { kind: 'rest' };
  const largest = largestBatch(policy);
  if (waiting >= largest) return { kind: 'run', size: largest };
  const ms = policy.flushAfterMs - oldestWaitedMs;
  return ms > 0 ? { kind: 'wait', ms } : { kind: 'run', size: waiting };
}
