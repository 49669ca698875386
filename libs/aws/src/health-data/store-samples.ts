import { DomainError, type CallOptions, type TimedSample } from '@clarity/domain';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LimitFunction } from 'p-limit';
import { boundedParallel } from '../connection/bounded-parallel';
import { blockToCome, type Block, type BlockContent } from '../sample-blocks/block';
import { countForOneWrite, placeSamples, type BlockLimits } from '../sample-blocks/place-samples';
import { compareSamples } from '../sample-blocks/position';
import type { BlockStore, Series } from './block-store';
import { findStretches, type Stretch } from './find-stretches';
import type { SeriesEnds } from './series-ends';

export interface SampleStorage {
  readonly store: BlockStore;
  readonly limits: BlockLimits;
  readonly ends: SeriesEnds;
  /** Of all series of the process, since unpacked blocks of any user take memory. */
  readonly blocksAtOnce: LimitFunction;
  /** Milliseconds; a test passes one that does not wait. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

const blocksOfSeriesAtOnce = 8;
/** Lost races in a row without anything stored. Writers of one process do not race at all. */
const maxLosses = 15;
const firstBackoff = 20;
const longestBackoff = 1_000;

/**
 * Stores samples of one series.
 * @param additions in order, each once
 * @returns those that were not there before
 * @throws DomainError `unavailable`; some may be stored then
 */
export async function storeSamples(
  storage: SampleStorage,
  series: Series,
  additions: readonly TimedSample[],
  options: CallOptions,
): Promise<ReadonlySet<TimedSample>> {
  const { store, ends, wait = sleep } = storage;
  const created = new Set<TimedSample>();
  let todo = additions;
  let losses = 0;
  while (todo.length > 0) {
    const end = ends.covering(series, todo[0]!);
    const stretches = end
      ? [{ block: end, additions: todo }]
      : await findStretches(store, series, todo, options);
    const filled = await boundedParallel(
      stretches,
      blocksOfSeriesAtOnce,
      (stretch, signal) => storage.blocksAtOnce(() => fill(storage, series, stretch, { signal })),
      options.signal,
    );
    for (const sample of filled.flatMap(({ fresh }) => fresh)) created.add(sample);
    const seen = stretches.reduce((sum, stretch) => sum + stretch.additions.length, 0);
    const left = filled.flatMap((each) => each.left);
    losses = left.length === seen && seen > 0 ? losses + 1 : 0;
    todo = [...left, ...todo.slice(seen)];
    if (losses === maxLosses)
      throw new DomainError('unavailable', 'Too many writers add to the same place; try again.');
    // Full jitter: writers that collided once are spread out, not sent into the next collision.
    if (losses > 0)
      await wait(Math.random() * Math.min(longestBackoff, firstBackoff * 2 ** losses));
  }
  return created;
}

interface Filled {
  readonly fresh: readonly TimedSample[];
  /** Not stored and not known: others were faster, or they did not fit in one write. */
  readonly left: readonly TimedSample[];
}

async function fill(
  { store, limits, ends }: SampleStorage,
  series: Series,
  { block, additions }: Stretch,
  options: CallOptions,
): Promise<Filled> {
  const some = additions.slice(0, countForOneWrite(additions, limits));
  const { fresh, contents, atomic } = await placeSamples(block, some, limits);
  const isEnd = block.upper === undefined;
  if (contents.length === 0) return { fresh: [], left: additions.slice(some.length) };

  let base: Block = block;
  let stored: BlockContent | undefined;
  for (const write of atomic ? [contents] : contents.map((content) => [content])) {
    const versions = await store.write(series, base.version, write, options);
    if (!versions) {
      if (isEnd) ends.forget(series);
      return stored === undefined ? { fresh: [], left: additions } : upTo(stored, fresh, additions);
    }
    stored = write.at(-1)!;
    if (isEnd) ends.remember(series, base, stored, versions.at(-1)!);
    base = blockToCome(stored.upper);
  }
  return { fresh, left: additions.slice(some.length) };
}

/** What is done if the blocks up to this one are stored and the next one is not. */
function upTo(
  { samples }: BlockContent,
  fresh: readonly TimedSample[],
  additions: readonly TimedSample[],
): Filled {
  const stored = samples.at(-1)!;
  return {
    fresh: fresh.filter((each) => compareSamples(each, stored) <= 0),
    left: additions.filter((each) => compareSamples(each, stored) > 0),
  };
}
