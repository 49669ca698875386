import type { TimedSample } from '@clarity/domain';
import { comparePositions, positionOf, type Position } from './position';

/**
 * One block of a series, the samples of one user and type. The blocks of a series lie end to end:
 * each covers the places after `lower` up to and including `upper`, where the next one begins. Only
 * at the end of the series there may be a stretch that no block covers yet.
 */
export interface Block {
  /** Exclusive; undefined: from the beginning. */
  readonly lower: Position | undefined;
  /** Inclusive; undefined: open, up to the end of time. */
  readonly upper: Position | undefined;
  /** Changes with every write; undefined: the block is not stored. */
  readonly version: string | undefined;
  /** Whether the next block is stored for certain: a reader that does not see it has to look again. */
  readonly followed: boolean;
  /** As packed; 0 if the block is not stored. */
  readonly bytes: number;
  /** In order. */
  readonly samples: readonly TimedSample[];
}

/** What is to be stored as one block. */
export interface BlockContent extends Pick<Block, 'lower' | 'upper' | 'followed' | 'samples'> {
  readonly data: Uint8Array;
}

/** The block that a series goes on with after `lower`. */
export function blockToCome(lower: Position | undefined): Block {
  return {
    lower,
    upper: undefined,
    version: undefined,
    followed: false,
    bytes: 0,
    samples: [],
  };
}

/** @param sample one that comes after `block.lower` */
export function reaches({ upper }: Pick<Block, 'upper'>, sample: TimedSample): boolean {
  return upper === undefined || comparePositions(positionOf(sample), upper) <= 0;
}
