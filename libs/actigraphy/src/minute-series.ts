/** Minutes of a week and of a day. */
export const weekMinutes = 10_080;
export const dayMinutes = 1_440;

const minuteMs = 60_000;

/** What a device counted from `startMs` to `endMs` (epoch milliseconds). */
export interface CountInterval {
  readonly startMs: number;
  readonly endMs: number;
  readonly value: number;
}

/**
 * A week of minute counts from a device's intervals, in any order, of any length.
 *
 * - An interval's value is spread over the minutes it covers, in proportion to the time in each; one
 *   without length counts in the minute it falls into.
 * - Within a minute the parts add up: counts are amounts, and two half minutes make a whole one.
 * - Two intervals with the same start and end are one measurement sent twice (a corrected upload, two
 *   apps that relay one sensor): the later in the list replaces the earlier.
 * - A minute that no interval touches is missing. An interval whose value is not finite is left out,
 *   as missing.
 *
 * Intervals of two devices worn at once add up as well: pass those of one device.
 * @param weekStartMs epoch milliseconds of minute 0
 * @returns [10080] counts per minute, NaN if missing
 */
export function minuteSeries(
  intervals: readonly CountInterval[],
  weekStartMs: number,
): Float32Array {
  const sums = new Float64Array(weekMinutes).fill(NaN);
  for (const interval of withoutRepeats(intervals)) {
    const { startMs, endMs, value } = interval;
    const { first, end } = minutesReached(interval, weekStartMs);
    for (let minute = first; minute < end; minute++) {
      const minuteStartMs = weekStartMs + minute * minuteMs;
      const coveredMs =
        Math.min(endMs, minuteStartMs + minuteMs) - Math.max(startMs, minuteStartMs);
      const amount = endMs > startMs ? (value * coveredMs) / (endMs - startMs) : value;
      const sum = sums[minute] ?? NaN;
      sums[minute] = Number.isNaN(sum) ? amount : sum + amount;
    }
  }
  return Float32Array.from(sums);
}

/**
 * The minutes of the week that an interval reaches into; one without length reaches into the minute it falls into.
 * @param weekStartMs epoch milliseconds of minute 0
 * @returns [first, end), empty if the interval is outside of the week
 */
export function minutesReached(
  { startMs, endMs }: Pick<CountInterval, 'startMs' | 'endMs'>,
  weekStartMs: number,
): { readonly first: number; readonly end: number } {
  const first = Math.floor((startMs - weekStartMs) / minuteMs);
  const end = Math.max(first + 1, Math.ceil((endMs - weekStartMs) / minuteMs));
  return { first: Math.max(0, first), end: Math.min(weekMinutes, end) };
}

function withoutRepeats(intervals: readonly CountInterval[]): Iterable<CountInterval> {
  const latest = new Map<string, CountInterval>();
  for (const interval of intervals)
    if (Number.isFinite(interval.value))
      latest.set(`${interval.startMs}/${interval.endMs}`, interval);
  return latest.values();
}

export interface DataQuality {
  readonly minutes: number;
  readonly missingMinutes: number;
  /** missingMinutes / minutes, 0 to 1 */
  readonly missingShare: number;
}

/** How much of a series was measured at all. @param counts counts a minute, NaN = missing */
export function dataQuality(counts: Float32Array): DataQuality {
  let missingMinutes = 0;
  for (const count of counts) if (Number.isNaN(count)) missingMinutes++;
  const minutes = counts.length;
  return { minutes, missingMinutes, missingShare: minutes === 0 ? 0 : missingMinutes / minutes };
}
