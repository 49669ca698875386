import { DomainError, type Sample } from '@clarity/domain';
import { encodeBlock } from './block-codec';
import { bySampleOrder, timed, type TimedSample } from './sample-order';

/** One stored block of one user, type and UTC day. */
export interface DayBlock {
  /** 0 for the first of the day. */
  readonly number: number;
  readonly version: number;
  readonly samples: readonly Sample[];
}

/** A block to store; it must still have `expectedVersion`, 0 meaning that it must not exist. */
export interface BlockWrite {
  readonly number: number;
  readonly expectedVersion: number;
  /** Absent: the block stays as it is and only its version moves on. */
  readonly content?: { readonly bytes: Uint8Array; readonly samples: number };
}

export interface BlockLimits {
  readonly maxBytes: number;
  readonly maxSamples: number;
  /** Blocks a day: reading a page, or adding to a day, may have to read all of them. */
  readonly maxBlocks: number;
}

/** DynamoDB takes 400 KB an item; keys and attribute names need little of the rest. */
export const defaultBlockLimits: BlockLimits = {
  maxBytes: 350 * 1024,
  maxSamples: 20_000,
  maxBlocks: 16,
};

/** DynamoDB takes 4 MB a transaction. */
const maxNewBlocks = 10;

/**
 * What to write so that a day holds these samples too; no I/O.
 *
 * The last block of a day is part of every write, so that its version puts all writers of the day
 * in one row: two of them can never add the same id to two blocks.
 * @param blocks all blocks of the day in order
 * @returns outcomes in the order of `additions`; no writes where all are duplicates
 * @throws DomainError `invalid-input` where the additions exceed what one transaction or a day can hold
 */
export function addToDay(
  blocks: readonly DayBlock[],
  additions: readonly Sample[],
  limits: BlockLimits,
): {
  readonly outcomes: readonly ('created' | 'duplicate')[];
  readonly writes: readonly BlockWrite[];
} {
  const known = new Set(blocks.flatMap(({ samples }) => samples.map(({ id }) => id)));
  const fresh: TimedSample[] = [];
  const outcomes = additions.map((sample) => {
    if (known.has(sample.id)) return 'duplicate';
    known.add(sample.id);
    fresh.push(timed(sample));
    return 'created';
  });
  return { outcomes, writes: fresh.length === 0 ? [] : place(blocks.at(-1), fresh, limits) };
}

function place(
  last: DayBlock | undefined,
  fresh: readonly TimedSample[],
  limits: BlockLimits,
): BlockWrite[] {
  const merged = [...(last?.samples.map(timed) ?? []), ...fresh].sort(bySampleOrder);
  const whole = merged.length <= limits.maxSamples ? encode(merged) : undefined;
  if (whole && whole.bytes.length <= limits.maxBytes)
    return [{ number: last?.number ?? 0, expectedVersion: last?.version ?? 0, content: whole }];

  const contents = split(fresh.toSorted(bySampleOrder), limits);
  if (contents.length > maxNewBlocks)
    throw new DomainError('invalid-input', 'These samples are too large to be stored as one day.');
  const firstNew = last ? last.number + 1 : 0;
  if (firstNew + contents.length > limits.maxBlocks)
    throw new DomainError('invalid-input', 'The day holds as many samples of this type as it can.');
  const created = contents.map((content, n) => ({
    number: firstNew + n,
    expectedVersion: 0,
    content,
  }));
  return last ? [{ number: last.number, expectedVersion: last.version }, ...created] : created;
}

function split(samples: readonly TimedSample[], limits: BlockLimits): ReturnType<typeof encode>[] {
  const content = encode(samples);
  const fits = content.bytes.length <= limits.maxBytes && samples.length <= limits.maxSamples;
  if (fits || samples.length === 1) return [content];
  const middle = Math.ceil(samples.length / 2);
  return [...split(samples.slice(0, middle), limits), ...split(samples.slice(middle), limits)];
}

function encode(samples: readonly TimedSample[]) {
  return { bytes: encodeBlock(samples.map(({ sample }) => sample)), samples: samples.length };
}
