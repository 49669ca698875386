import type { CallOptions, TimedSample } from '@clarity/domain';
import { boundedParallel } from '../connection/bounded-parallel';
import { mergeSamples } from '../sample-blocks/merge-samples';
import type { Series } from './block-store';
import type { DayBlocks } from './day-blocks';
import { utcDate } from './utc-date';

/** Leaves out samples, given in order, that lie in day blocks already. */
export type NotInDays = (
  series: Series,
  samples: readonly TimedSample[],
  options: CallOptions,
) => Promise<readonly TimedSample[]>;

const daysAtOnce = 8;

/**
 * Day blocks are not written any more, so the last day of a series that has any is looked up once.
 * @param capacity series whose last day is remembered
 */
export function notInDays(dayBlocks: DayBlocks, capacity: number): NotInDays {
  const lastDays = new Map<string, string>();

  /** @returns YYYY-MM-DD, or '' if the series has no day block */
  const lastDayOf = async (series: Series, options: CallOptions): Promise<string> => {
    const name = `${series.userId}#${series.type}`;
    const known = lastDays.get(name);
    if (known !== undefined) return known;
    const last = (await dayBlocks.lastDay(series, options)) ?? '';
    lastDays.set(name, last);
    if (lastDays.size > capacity) lastDays.delete(lastDays.keys().next().value!);
    return last;
  };

  return async (series, samples, options) => {
    const last = await lastDayOf(series, options);
    if (last === '') return samples;
    const days = splitByDay(samples);
    const fresh = await boundedParallel(
      [...days],
      daysAtOnce,
      async ([date, ofDay], signal) => {
        if (date > last) return ofDay;
        const range = { first: date, last: date, wanted: Infinity };
        for await (const stored of dayBlocks.days(series, range, { signal }))
          return mergeSamples(stored, ofDay).fresh;
        return ofDay;
      },
      options.signal,
    );
    return fresh.flat();
  };
}

function splitByDay(samples: readonly TimedSample[]): ReadonlyMap<string, TimedSample[]> {
  const days = new Map<string, TimedSample[]>();
  for (const sample of samples) {
    const date = utcDate(sample.start);
    const day = days.get(date);
    if (day) day.push(sample);
    else days.set(date, [sample]);
  }
  return days;
}
