import { DomainError, parseInstant, type Sample } from '@clarity/domain';

/** A sample with its start in epoch milliseconds, read once. */
export interface TimedSample {
  readonly sample: Sample;
  readonly instant: number;
}

/** @throws DomainError `invalid-input` for a start that is not RFC 3339 */
export function timed(sample: Sample): TimedSample {
  const instant = parseInstant(sample.start);
  if (instant === undefined)
    throw new DomainError('invalid-input', 'A sample has a start that is not RFC 3339.');
  return { sample, instant };
}

/** By start, then id: the order of blocks and of answers. */
export function bySampleOrder(a: TimedSample, b: TimedSample): number {
  if (a.instant !== b.instant) return a.instant - b.instant;
  if (a.sample.id === b.sample.id) return 0;
  return a.sample.id < b.sample.id ? -1 : 1;
}

/** @param instant epoch milliseconds @returns YYYY-MM-DD */
export function utcDate(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
