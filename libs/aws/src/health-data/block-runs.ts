import { DomainError, type CallOptions, type TimedSample } from '@clarity/domain';
import { setTimeout as sleep } from 'node:timers/promises';
import { samplesOf, type Block } from '../sample-blocks/block';
import type { Runs } from '../sample-blocks/merge-samples';
import { comparePositions, type Position } from '../sample-blocks/position';
import type { BlockStore, Series } from './block-store';

/** Of the largest blocks these are 1 MB, which is where DynamoDB cuts an answer anyway. */
const mostAtOnce = 32;
const maxLooks = 6;
const lookAgainAfter = 25;

/**
 * The samples of a series from the block that covers `after` on, block after block, at least until
 * `wanted` of them or `to` is reached.
 *
 * A query does not see a transaction at one instant: while a block is being cut in two it may show the
 * first half and not yet the second. The first half tells that it is followed; then it is read again.
 * @param range.to epoch milliseconds, exclusive
 * @throws DomainError `unavailable` if the gap stays
 */
export async function* blockRuns(
  store: BlockStore,
  series: Series,
  range: { readonly after: Position; readonly to: number; readonly wanted: number },
  options: CallOptions,
): Runs {
  const { after, wanted } = range;
  const to: Position = { instant: range.to, id: '' };
  let current = await store.lastBefore(series, after, options);
  let looks = 0;
  let [seen, blocks] = [0, 0];
  while (current) {
    const { upper } = current;
    const samples = await samplesOf(current);
    yield samples;
    if (upper === undefined || comparePositions(upper, to) >= 0) return;
    seen += countAfter(samples, after);
    blocks++;
    const atOnce = Math.ceil((wanted - seen) / Math.max(1, seen / blocks));
    const limit = Math.max(1, Math.min(mostAtOnce, atOnce));
    const next = await store.beginningIn(series, { from: upper, to, limit }, options);
    const [complete, gap] = endToEnd(current, next);
    for (const block of complete.slice(0, -1)) {
      const run = await samplesOf(block);
      yield run;
      seen += run.length;
      blocks++;
    }
    const last = complete.at(-1);
    if (last === undefined && !gap) return;
    if (last !== undefined) {
      looks = 0;
      current = last;
    } else if (++looks === maxLooks) {
      throw new DomainError('unavailable', 'The blocks of a series do not lie end to end.');
    } else {
      await sleep(lookAgainAfter * looks);
      current = { ...current, data: new Uint8Array() };
    }
  }
}

/** @returns the blocks that follow without a gap, and whether there is a gap after them */
function endToEnd(before: Block, blocks: readonly Block[]): readonly [readonly Block[], boolean] {
  let previous = before;
  for (const [n, block] of blocks.entries()) {
    if (previous.followed && !sameBound(previous.upper, block.lower))
      return [blocks.slice(0, n), true];
    previous = block;
  }
  return [blocks, blocks.length === 0 && before.followed];
}

function sameBound(upper: Position | undefined, lower: Position | undefined): boolean {
  return upper !== undefined && lower !== undefined && comparePositions(upper, lower) === 0;
}

function countAfter(samples: readonly TimedSample[], { instant }: Position): number {
  return samples.reduce((count, { start }) => (start > instant ? count + 1 : count), 0);
}
