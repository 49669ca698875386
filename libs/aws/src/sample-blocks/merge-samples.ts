import type { TimedSample } from '@clarity/domain';
import { compareSamples } from './position';

/**
 * Two runs of samples as one. What is in both is taken from `stored`.
 * @param stored in order, each once
 * @param additions in order, each once
 * @returns all in order, and the additions that were not stored
 */
export function mergeSamples(
  stored: readonly TimedSample[],
  additions: readonly TimedSample[],
): { readonly merged: readonly TimedSample[]; readonly fresh: readonly TimedSample[] } {
  if (stored.length === 0) return { merged: additions, fresh: additions };
  const merged: TimedSample[] = [];
  const fresh: TimedSample[] = [];
  let next = 0;
  for (const addition of additions) {
    while (next < stored.length && compareSamples(stored[next]!, addition) < 0)
      merged.push(stored[next++]!);
    if (next < stored.length && compareSamples(stored[next]!, addition) === 0) continue;
    merged.push(addition);
    fresh.push(addition);
  }
  while (next < stored.length) merged.push(stored[next++]!);
  return { merged, fresh };
}

/** Runs of samples, in order each and among each other. */
export type Runs = AsyncGenerator<readonly TimedSample[]>;

/** Two streams of runs as one; a sample in both comes once. */
export async function* mergeRuns(a: Runs, b: Runs): Runs {
  let left = await nextOf(a);
  let right = await nextOf(b);
  while (left && right) {
    const [lastLeft, lastRight] = [left.at(-1)!, right.at(-1)!];
    const end = compareSamples(lastLeft, lastRight) <= 0 ? lastLeft : lastRight;
    const leftEnd = countUpTo(left, end);
    const rightEnd = countUpTo(right, end);
    yield mergeSamples(left.slice(0, leftEnd), right.slice(0, rightEnd)).merged;
    left = leftEnd < left.length ? left.slice(leftEnd) : await nextOf(a);
    right = rightEnd < right.length ? right.slice(rightEnd) : await nextOf(b);
  }
  if (left) yield left;
  if (right) yield right;
  yield* a;
  yield* b;
}

async function nextOf(runs: Runs): Promise<readonly TimedSample[] | undefined> {
  for (;;) {
    const { value, done } = await runs.next();
    if (done) return undefined;
    if (value.length > 0) return value;
  }
}

function countUpTo(run: readonly TimedSample[], end: TimedSample): number {
  let count = 0;
  while (count < run.length && compareSamples(run[count]!, end) <= 0) count++;
  return count;
}
