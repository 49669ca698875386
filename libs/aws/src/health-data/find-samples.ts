import type { CallOptions, Page, Sample, SampleQuery, UserId } from '@clarity/domain';
import { mergeRuns, type Runs } from '../sample-blocks/merge-samples';
import { comparePositions, positionOf } from '../sample-blocks/position';
import { blockRuns } from './block-runs';
import type { BlockStore, Series } from './block-store';
import type { DayBlocks } from './day-blocks';
import type { LastDayOf } from './last-days';
import { decodeCursor, encodeCursor } from './sample-cursor';
import { earliest, latest, utcDate } from './utc-date';

export interface PageStorage {
  readonly store: BlockStore;
  readonly dayBlocks: DayBlocks;
  readonly lastDayOf: LastDayOf;
}

/** One page of samples, which reads the blocks that it spans and few others. */
export async function findSamples(
  storage: PageStorage,
  userId: UserId,
  query: SampleQuery,
  options: CallOptions = {},
): Promise<Page<Sample>> {
  const cursor = query.after === undefined ? undefined : decodeCursor(query.after);
  const from = Math.max(query.from, cursor?.instant ?? earliest, earliest);
  const to = Math.min(query.to, latest);
  if (from >= to) return { items: [] };
  // No sample has an empty id: all of this instant come after it.
  const after = cursor && cursor.instant >= query.from ? cursor : { instant: from, id: '' };

  const series: Series = { userId, type: query.type };
  const runs = mergeRuns(
    blockRuns(storage.store, series, { after, to, wanted: query.limit + 1 }, options),
    dayRuns(storage, series, { from, to, wanted: query.limit + 1 }, options),
  );
  const items: Sample[] = [];
  let last = after;
  for await (const run of runs) {
    for (const each of run) {
      const place = positionOf(each);
      if (comparePositions(place, after) <= 0) continue;
      if (each.start >= to) return { items };
      if (items.length === query.limit) return { items, next: encodeCursor(last) };
      items.push(each.sample);
      last = place;
    }
  }
  return { items };
}

async function* dayRuns(
  { dayBlocks, lastDayOf }: PageStorage,
  series: Series,
  { from, to, wanted }: { readonly from: number; readonly to: number; readonly wanted: number },
  options: CallOptions,
): Runs {
  const [first, last] = [utcDate(from), utcDate(to - 1)];
  if (first <= (await lastDayOf(series, options)))
    yield* dayBlocks.days(series, { first, last, wanted }, options);
}
