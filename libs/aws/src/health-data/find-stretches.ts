import type { CallOptions, TimedSample } from '@clarity/domain';
import { blockToCome, reaches, type Block } from '../sample-blocks/block';
import { comparePositions, positionOf } from '../sample-blocks/position';
import type { BlockStore, Series } from './block-store';

/** A block, and the additions that it covers. */
export interface Stretch {
  readonly block: Block;
  readonly additions: readonly TimedSample[];
}

/** Blocks in memory at once, packed. */
const mostStretches = 32;
const mostAhead = 16;

/**
 * Finds the blocks that cover the first of these additions: one seek for the first block, then ahead
 * in steps that double as long as the blocks read are needed, and a seek again if they are not.
 * @param additions in order
 * @returns stretches in order; together they hold all additions, or as many as fit in memory
 */
export async function findStretches(
  store: BlockStore,
  series: Series,
  additions: readonly TimedSample[],
  options: CallOptions,
): Promise<readonly Stretch[]> {
  const stretches: Stretch[] = [];
  let next = 0;
  /** Takes what the block covers. @returns whether that is anything */
  const take = (block: Block): boolean => {
    const from = next;
    while (next < additions.length && reaches(block, additions[next]!)) next++;
    if (next > from) stretches.push({ block, additions: additions.slice(from, next) });
    return next > from;
  };
  const isDone = () => next === additions.length || stretches.length >= mostStretches;

  while (!isDone()) {
    const place = positionOf(additions[next]!);
    const found = await store.lastBefore(series, place, options);
    let current: Block =
      found && reaches(found, additions[next]!) ? found : blockToCome(found?.upper);
    take(current);
    for (let ahead = 1; ahead > 0 && !isDone() && current.upper;) {
      const to = positionOf(additions.at(-1)!);
      const range = { from: current.upper, to, limit: ahead };
      const blocks: readonly Block[] = await store.beginningIn(series, range, options);
      if (blocks.length === 0) take(blockToCome(current.upper));
      let needed = 0;
      for (const block of blocks) {
        // A transaction half seen: what has no block here is looked up again.
        if (!beginsWhere(block, current)) return stretches;
        if (take(block)) needed++;
        current = block;
      }
      ahead = needed === blocks.length ? Math.min(ahead * 2, mostAhead) : needed;
    }
  }
  return stretches;
}

function beginsWhere({ lower }: Block, { upper }: Block): boolean {
  return lower !== undefined && upper !== undefined && comparePositions(lower, upper) === 0;
}
