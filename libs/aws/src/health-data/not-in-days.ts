import type { CallOptions, TimedSample } from '@clarity/domain';
import { boundedParallel } from '../connection/bounded-parallel';
import { mergeSamples } from '../sample-blocks/merge-samples';
import type { Series } from './block-store';
import type { DayBlocks } from './day-blocks';
import type { LastDayOf } from './last-days';
import { utcDate } from './utc-date';

/** Leaves out samples, given in order, that are in day blocks already. */
export type NotInDays = (
  series: Series,
  samples: readonly TimedSample[],
  options: CallOptions,
) => Promise<readonly TimedSample[]>;

const daysAtOnce = 8;

export function notInDays(dayBlocks: DayBlocks, lastDayOf: LastDayOf): NotInDays {
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
