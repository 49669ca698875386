import { evenClock, type LocalClock } from './local-clock';
import { dayMinutes } from './minute-series';

/** Share of the average day that has to be measured, and of any one window of it. */
const fewestOfDay = 0.9;
const fewestOfWindow = 0.5;
/** Sums that differ by rounding alone are equal, and the earlier window wins. */
const rounding = 1e-9;

/** A stretch of the average day. */
export interface DayWindow {
  /** Counts a minute. */
  readonly mean: number;
  /** Minutes after local midnight; the window may reach over the next one. */
  readonly onsetMinute: number;
}

export interface RestActivity {
  /** The 5 hours with the least movement. */
  readonly l5: DayWindow;
  /** The 10 hours with the most movement. */
  readonly m10: DayWindow;
  /** (M10 - L5) / (M10 + L5), 0 to 1, no unit; undefined if nothing moved. */
  readonly relativeAmplitude: number | undefined;
}

/**
 * L5, M10 and relative amplitude, from the average day at one-minute steps (a window wraps around
 * midnight).
 *
 * Source: Witting et al., Biol Psychiatry 1990;27:563; Van Someren et al., Chronobiol Int 1999;16:505.
 *
 * Missing: a minute of the average day is the mean of the days on which it was measured, a window the
 * mean of its measured minutes; a window with less than half of them is passed over.
 * @param counts counts a minute from local midnight on, NaN = missing
 * @param clock of the recording, if one of its days has not 24 hours
 * @returns undefined if less than 90 % of the average day was measured on any day
 */
export function restActivity(
  counts: Float32Array,
  clock: LocalClock = evenClock(counts.length),
): RestActivity | undefined {
  const day = averageDay(counts, clock);
  const measured = day.filter((mean) => !Number.isNaN(mean)).length;
  if (measured < fewestOfDay * dayMinutes) return undefined;
  const equal = rounding * day.reduce((most, mean) => (mean > most ? mean : most), 0);
  const running = runningSums(day, 10 * 60);
  const l5 = bestWindow(running, 5 * 60, (mean, least) => mean < least - equal);
  const m10 = bestWindow(running, 10 * 60, (mean, most) => mean > most + equal);
  if (l5 === undefined || m10 === undefined) return undefined;
  const sum = m10.mean + l5.mean;
  return { l5, m10, relativeAmplitude: sum > 0 ? (m10.mean - l5.mean) / sum : undefined };
}

/** @returns [1440] mean counts of each minute of the day, NaN if no day has it */
function averageDay(counts: Float32Array, clock: LocalClock): Float64Array {
  const sums = new Float64Array(dayMinutes);
  const days = new Uint16Array(dayMinutes);
  for (let minute = 0; minute < counts.length; minute++) {
    const count = counts[minute]!;
    if (Number.isNaN(count)) continue;
    const minuteOfDay = clock[minute]! % dayMinutes;
    sums[minuteOfDay]! += count;
    days[minuteOfDay]! += 1;
  }
  return sums.map((sum, minute) => sum / (days[minute] ?? 0));
}

function bestWindow(
  { sums, measured }: RunningSums,
  length: number,
  isBetter: (mean: number, best: number) => boolean,
): DayWindow | undefined {
  let best: DayWindow | undefined;
  for (let onsetMinute = 0; onsetMinute < dayMinutes; onsetMinute++) {
    const minutes = measured[onsetMinute + length]! - measured[onsetMinute]!;
    if (minutes < fewestOfWindow * length) continue;
    const mean = (sums[onsetMinute + length]! - sums[onsetMinute]!) / minutes;
    if (best === undefined || isBetter(mean, best.mean)) best = { mean, onsetMinute };
  }
  return best;
}

interface RunningSums {
  readonly sums: Float64Array;
  /** Minutes that are in `sums`. */
  readonly measured: Float64Array;
}

/** Sums from midnight to each minute, on into the next day by `extra` minutes: no window sum is ever below 0. */
function runningSums(day: Float64Array, extra: number): RunningSums {
  const sums = new Float64Array(dayMinutes + extra + 1);
  const measured = new Float64Array(dayMinutes + extra + 1);
  for (let minute = 0; minute < dayMinutes + extra; minute++) {
    const mean = day[minute % dayMinutes]!;
    const isMeasured = !Number.isNaN(mean);
    sums[minute + 1] = sums[minute]! + (isMeasured ? mean : 0);
    measured[minute + 1] = measured[minute]! + (isMeasured ? 1 : 0);
  }
  return { sums, measured };
}
