import type { TimedSample } from '@clarity/domain';
import { blockToCome, type Block, type BlockContent } from '../sample-blocks/block';
import { decodeBlock } from '../sample-blocks/block-codec';
import { comparePositions, positionOf, type Position } from '../sample-blocks/position';
import type { Series } from './block-store';

/**
 * The last blocks of the series that this process wrote to, so that what a device adds at the end
 * needs no read. A write names the version that it builds on, so an end that others have changed
 * since costs a lost race and never a sample.
 */
export interface SeriesEnds {
  /** @returns the block at the end if it is remembered and covers the sample and all after it */
  covering(series: Series, sample: TimedSample): Promise<Block | undefined>;
  /** @param before the end whose place the write took */
  remember(series: Series, before: Block, written: BlockContent, version: string): void;
  /** Somebody else writes to this series too: read before writing until nobody does. */
  forget(series: Series): void;
}

interface End {
  readonly lower: Position | undefined;
  readonly version: string | undefined;
  /** Undefined if the next block is still to come. */
  readonly data: Uint8Array | undefined;
  readonly isOurs: boolean;
}

/** @param capacity series; each takes about a kilobyte, the least recently written goes first */
export function seriesEnds(capacity: number): SeriesEnds {
  const ends = new Map<string, End>();
  const nameOf = ({ userId, type }: Series) => `${userId}#${type}`;

  return {
    async covering(series, sample) {
      const end = ends.get(nameOf(series));
      if (!end?.isOurs) return undefined;
      const { lower, version, data } = end;
      if (lower !== undefined && comparePositions(positionOf(sample), lower) <= 0) return undefined;
      if (data === undefined) return blockToCome(lower);
      const samples = await decodeBlock(data);
      return { ...blockToCome(lower), version, bytes: data.length, samples };
    },

    remember(series, before, { lower, upper, data }, version) {
      const name = nameOf(series);
      const known = ends.get(name);
      // After a lost race only two writes of ours in a row show that we are alone again.
      const isOurs = known === undefined || known.isOurs || isSame(known, before);
      ends.delete(name);
      ends.set(
        name,
        upper === undefined
          ? { lower, version, data, isOurs }
          : { lower: upper, version: undefined, data: undefined, isOurs },
      );
      if (ends.size > capacity) ends.delete(ends.keys().next().value!);
    },

    forget(series) {
      const known = ends.get(nameOf(series));
      if (known) ends.set(nameOf(series), { ...known, isOurs: false });
    },
  };
}

function isSame(end: End, { lower, version }: Block): boolean {
  if (end.version !== version) return false;
  if (end.lower === undefined || lower === undefined) return end.lower === lower;
  return comparePositions(end.lower, lower) === 0;
}
