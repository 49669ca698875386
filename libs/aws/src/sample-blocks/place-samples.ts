import type { TimedSample } from '@clarity/domain';
import { samplesOf, type Block, type BlockContent } from './block';
import { encodeBlock } from './block-codec';
import { mergeSamples } from './merge-samples';
import { positionOf, type Position } from './position';

/** Sizes in bytes, as packed. */
export interface BlockLimits {
  /** No block is larger, but for one that holds a single sample. */
  readonly maxBytes: number;
  readonly maxSamples: number;
  /** A block that a write of a few samples lands in is cut down to about half of this. */
  readonly smallBlock: number;
  /** The block at the end of a series stays open while one more write like the last fits in here. */
  readonly openBlock: number;
}

/**
 * DynamoDB counts writes by the KB and reads by four. With its keys an open block fits one write unit,
 * so a device that syncs every minute pays one unit per sync, however much the day already holds; half a
 * small block fits two.
 */
export const defaultBlockLimits: BlockLimits = {
  maxBytes: 32 * 1024,
  maxSamples: 2_000,
  smallBlock: 3_000,
  openBlock: 800,
};

/** What to write so that a block's stretch of the series holds these samples too. */
export interface Placement {
  /** The additions that are new. */
  readonly fresh: readonly TimedSample[];
  /** Empty if nothing is new. The first takes the place of the block, the others come after it. */
  readonly contents: readonly BlockContent[];
  /**
   * Whether all contents have to be written in one transaction, because stored samples move. Else they
   * are written one by one: each leaves the series complete as far as it goes.
   */
  readonly atomic: boolean;
}

/**
 * A transaction takes 4 MB and 100 items, and a partition 1,000 write units a second; these leave room
 * for pieces that are halved again.
 */
const maxBytesOfOneWrite = 256 * 1024;
const maxPiecesOfOneWrite = 30;

/** Bytes of a sample with a UUID and a usual name; only for deciding how to cut. */
const usualBytes = 18;

/**
 * Plans the write of `additions` into the block that covers them; no I/O but the thread pool.
 *
 * A write never costs much more than its own size: the end of a series is appended to, and a full
 * block that few samples land in is cut into small ones once.
 * @param additions in order, each once, all within the block; few enough for one transaction
 */
export async function placeSamples(
  block: Block,
  additions: readonly TimedSample[],
  limits: BlockLimits,
): Promise<Placement> {
  const stored = await samplesOf(block);
  const { merged, fresh } = mergeSamples(stored, additions);
  if (fresh.length === 0) return { fresh, contents: [], atomic: false };

  const pieces = await cut(merged, piecesOf(block, merged.length, fresh.length, limits), limits);
  const contents = pieces.map((piece, n): BlockContent => {
    const isLast = n === pieces.length - 1;
    return {
      lower: n === 0 ? block.lower : endOf(pieces[n - 1]!),
      upper: isLast ? upperOf(block, piece, fresh.length, limits) : endOf(piece),
      ...piece,
      followed: isLast && block.followed,
    };
  });
  const last = stored.at(-1);
  const moves = last !== undefined && merged.lastIndexOf(last) >= pieces[0]!.samples.length;
  const atomic = contents.length > 1 && (moves || block.upper !== undefined);
  return { fresh, contents: atomic ? contents.map(followedByNext) : contents, atomic };
}

interface Piece {
  readonly samples: readonly TimedSample[];
  readonly data: Uint8Array;
}

/** @returns into how many pieces to cut at first */
function piecesOf(block: Block, merged: number, fresh: number, limits: BlockLimits): number {
  const bytes = block.data.length + fresh * usualBytes;
  const budget = Math.min(limits.maxBytes, Math.max(limits.smallBlock, 4 * fresh * usualBytes));
  const bySize =
    bytes <= budget ? 1 : Math.ceil(bytes / (block.data.length === 0 ? budget : budget / 2));
  return Math.min(merged, Math.max(bySize, Math.ceil(merged / limits.maxSamples)));
}

/** Pieces of about equal counts; what turns out too large is halved again. */
async function cut(
  samples: readonly TimedSample[],
  count: number,
  limits: BlockLimits,
): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (let n = 0; n < count; n++) {
    const part =
      count === 1
        ? samples
        : samples.slice((samples.length * n) / count, (samples.length * (n + 1)) / count);
    const data = await encodeBlock(part);
    if (data.length <= limits.maxBytes || part.length === 1) pieces.push({ samples: part, data });
    else pieces.push(...(await cut(part, 2, limits)));
  }
  return pieces;
}

/** A block at the end is left open while the next write like this one will still fit. */
function upperOf(
  block: Block,
  piece: Piece,
  fresh: number,
  limits: BlockLimits,
): Position | undefined {
  if (block.upper !== undefined) return block.upper;
  const grownBy = Math.max(piece.data.length - block.data.length, fresh * usualBytes);
  const nextSize = piece.data.length + (block.data.length === 0 ? fresh * usualBytes : grownBy);
  return nextSize <= limits.openBlock ? undefined : endOf(piece);
}

function endOf({ samples }: Piece): Position {
  return positionOf(samples.at(-1)!);
}

/** One transaction stores the next block too. */
function followedByNext(
  content: BlockContent,
  n: number,
  { length }: readonly unknown[],
): BlockContent {
  return n < length - 1 ? { ...content, followed: true } : content;
}

/**
 * @param additions in order
 * @returns how many of them to place at once, by an upper bound of what ids and names take in UTF-8,
 *   however hostile they are
 */
export function countForOneWrite(
  additions: readonly TimedSample[],
  { maxBytes, maxSamples }: BlockLimits,
): number {
  const most = maxPiecesOfOneWrite * Math.min(maxSamples, Math.floor(maxBytes / usualBytes));
  let bytes = 0;
  for (let n = 0; n < additions.length; n++) {
    const { id, source, device = '' } = additions[n]!.sample;
    bytes += 48 + id.length + 3 * (source.length + device.length);
    if (n === most || bytes > maxBytesOfOneWrite) return Math.max(1, n);
  }
  return additions.length;
}
