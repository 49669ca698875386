import type { CallOptions, SampleType, TimedSample, UserId } from '@clarity/domain';
import { boundedParallel } from '../connection/bounded-parallel';
import type { Outcome, SeriesWriters } from './series-writers';

const typesAtOnce = 8;

/** Stores samples of any types, each type as a series of its own. @returns outcomes in their order */
export async function addSamples(
  write: SeriesWriters,
  userId: UserId,
  samples: readonly TimedSample[],
  { signal }: CallOptions = {},
): Promise<readonly Outcome[]> {
  const outcomes = new Array<Outcome>(samples.length);
  await boundedParallel(
    [...placesByType(samples)],
    typesAtOnce,
    async ([type, places], oneFailed) => {
      const own = places.length === samples.length ? samples : places.map((n) => samples[n]!);
      const written = await write({ userId, type }, own, { signal: oneFailed });
      for (const [n, place] of places.entries()) outcomes[place] = written[n]!;
    },
    signal,
  );
  return outcomes;
}

function placesByType(samples: readonly TimedSample[]): ReadonlyMap<SampleType, number[]> {
  const places = new Map<SampleType, number[]>();
  for (let n = 0; n < samples.length; n++) {
    const { type } = samples[n]!.sample;
    const own = places.get(type);
    if (own) own.push(n);
    else places.set(type, [n]);
  }
  return places;
}
