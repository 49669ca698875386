import type { TimedSample } from '@clarity/domain';
import { decodeBlock } from './block-codec';
import { comparePositions, positionOf, type Position } from './position';

/**
 * One block of a series, the samples of one user and type. The blocks of a series lie end to end:
 * each covers the places after `lower` up to and including `upper`, where the next one begins. Only
 * at the end of the series there may be a stretch that no block covers yet.
 *
 * Blocks stay packed until their samples are needed: unpacked they take twenty times the memory.
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
  /** As `encodeBlock` packed it; empty if the block is not stored. */
  readonly data: Uint8Array;
}

/** What is to be stored as one block. */
export interface BlockContent extends Omit<Block, 'version'> {
  /** In order; what `data` holds. */
  readonly samples: readonly TimedSample[];
}

/** The block that a series goes on with after `lower`. */
export function blockToCome(lower: Position | undefined): Block {
  return {
    lower,
    upper: undefined,
    version: undefined,
    followed: false,
    data: new Uint8Array(),
  };
}

/** @returns in order */
export async function samplesOf({ data }: Block): Promise<readonly TimedSample[]> {
  return data.length === 0 ? [] : decodeBlock(data);
}

/** @param sample one that comes after `block.lower` */
export function reaches({ upper }: Block, sample: TimedSample): boolean {
  return upper === undefined || comparePositions(positionOf(sample), upper) <= 0;
}
