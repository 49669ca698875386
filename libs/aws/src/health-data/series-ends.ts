import type { TimedSample } from '@clarity/domain';
import { blockToCome, type Block, type BlockContent } from '../sample-blocks/block';
import { comparePositions, positionOf } from '../sample-blocks/position';
import type { Series } from './block-store';

/**
 * The last blocks of the series that this process wrote to, so that what a device adds at the end
 * needs no read. A write names the version that it builds on, so an end that others have changed
 * since costs a lost race and never a sample.
 */
export interface SeriesEnds {
  /** @returns the block at the end if it is remembered and covers the sample and all after it */
  covering(series: Series, sample: TimedSample): Block | undefined;
  /** @param before the end whose place the write took */
  remember(series: Series, before: Block, written: BlockContent, version: string): void;
  /** Another process writes to this series too: read before writing until none does. */
  forget(series: Series): void;
}

interface End {
  readonly block: Block;
  /** Whether no other process seems to write to the series. */
  readonly isOurs: boolean;
}

/** @param capacity series; each takes about a kilobyte, the least recently written goes first */
export function seriesEnds(capacity: number): SeriesEnds {
  const ends = new Map<string, End>();
  const nameOf = ({ userId, type }: Series) => `${userId}#${type}`;

  return {
    covering(series, sample) {
      const end = ends.get(nameOf(series));
      if (!end?.isOurs) return undefined;
      const { lower } = end.block;
      const comesAfter = lower === undefined || comparePositions(positionOf(sample), lower) > 0;
      return comesAfter ? end.block : undefined;
    },

    remember(series, before, { lower, upper, followed, data }, version) {
      const name = nameOf(series);
      const known = ends.get(name);
      // After a lost race only two writes of ours in a row show that we are alone again.
      const isOurs = known === undefined || known.isOurs || isSame(known.block, before);
      // A copy, because small buffers are slices of larger ones and would keep them in memory.
      const open = { lower, upper, version, followed, data: new Uint8Array(data) };
      const block = upper ? blockToCome(upper) : open;
      ends.delete(name);
      ends.set(name, { block, isOurs });
      if (ends.size > capacity) ends.delete(ends.keys().next().value!);
    },

    forget(series) {
      const known = ends.get(nameOf(series));
      if (known) ends.set(nameOf(series), { ...known, isOurs: false });
    },
  };
}

function isSame(a: Block, b: Block): boolean {
  if (a.version !== b.version) return false;
  if (a.lower === undefined || b.lower === undefined) return a.lower === b.lower;
  return comparePositions(a.lower, b.lower) === 0;
}
