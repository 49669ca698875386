import type { CallOptions } from '@clarity/domain';
import type { Series } from './block-store';
import type { DayBlocks } from './day-blocks';

/** @returns YYYY-MM-DD of the last day of a series that has day blocks; '' if none has */
export type LastDayOf = (series: Series, options?: CallOptions) => Promise<string>;

/** While a release with day blocks is being replaced, its tasks still write them. */
const rememberedMs = 60_000;

/**
 * Nothing writes day blocks any more, so it is enough to look once a minute where they end; after that
 * day there is nothing to read.
 * @param capacity series that are remembered; the one looked up first is forgotten first
 */
export function lastDays(
  dayBlocks: DayBlocks,
  capacity: number,
  clock: () => number = Date.now,
): LastDayOf {
  const remembered = new Map<string, { readonly day: string; readonly at: number }>();
  return async (series, options) => {
    const name = `${series.userId}#${series.type}`;
    const known = remembered.get(name);
    if (known !== undefined && clock() - known.at < rememberedMs) return known.day;
    const day = (await dayBlocks.lastDay(series, options)) ?? '';
    remembered.delete(name);
    remembered.set(name, { day, at: clock() });
    if (remembered.size > capacity) remembered.delete(remembered.keys().next().value!);
    return day;
  };
}
