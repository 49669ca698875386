import type { TimedSample } from '@clarity/domain';

/** A place in the order of samples, and of pages: by start, then id. */
export interface Position {
  /** Epoch milliseconds. */
  readonly instant: number;
  readonly id: string;
}

export function positionOf({ sample, start }: TimedSample): Position {
  return { instant: start, id: sample.id };
}

/** @returns negative if `a` comes first, 0 for the same place */
export function comparePositions(a: Position, b: Position): number {
  if (a.instant !== b.instant) return a.instant - b.instant;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/** As {@link comparePositions}: two samples of one type at the same place are the same sample. */
export function compareSamples(a: TimedSample, b: TimedSample): number {
  if (a.start !== b.start) return a.start - b.start;
  if (a.sample.id === b.sample.id) return 0;
  return a.sample.id < b.sample.id ? -1 : 1;
}

/** @returns the samples in order; the very array if it is in order already, as uploads usually are */
export function inOrder(samples: readonly TimedSample[]): readonly TimedSample[] {
  for (let n = 1; n < samples.length; n++)
    if (compareSamples(samples[n - 1]!, samples[n]!) > 0) return samples.toSorted(compareSamples);
  return samples;
}
