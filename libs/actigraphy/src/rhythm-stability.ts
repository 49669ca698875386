import { evenClock, type LocalClock } from './local-clock';

const hourMinutes = 60;
const dayHours = 24;
/** An hour stands for itself when at least this many of its minutes were measured. */
const fewestMinutes = 30;

/**
 * Interdaily stability: how much of the variance the average day explains. 0 (noise) to 1 (every day
 * the same), no unit.
 *
 * IS = N Σ_h (x̄_h - x̄)² / (p Σ_i (x_i - x̄)²), x_i hourly means, x̄_h the mean of clock hour h, p = 24.
 *
 * Source: Witting et al., Biol Psychiatry 1990;27:563; Van Someren et al., Chronobiol Int 1999;16:505.
 *
 * Missing: an hour is the mean of its measured minutes, or missing with fewer than 30 of them; N counts
 * the hours that are there.
 * @param counts counts a minute from local midnight on, NaN = missing
 * @param clock of the recording, if one of its days has not 24 hours
 * @returns undefined if a clock hour is missing on every day or nothing varies
 */
export function interdailyStability(
  counts: Float32Array,
  clock: LocalClock = evenClock(counts.length),
): number | undefined {
  const hours = hourlyMeans(counts);
  const clockHourOf = (hour: number) =>
    Math.floor(clock[hour * hourMinutes]! / hourMinutes) % dayHours;
  const clockHours = Array.from({ length: dayHours }, (_, clockHour) =>
    meanOf(hours.filter((_, hour) => clockHourOf(hour) === clockHour)),
  );
  const mean = meanOf(hours);
  const variation = sumOfSquares(hours, mean);
  if (!(variation > 0) || clockHours.some(Number.isNaN)) return undefined;
  const present = hours.filter((hour) => !Number.isNaN(hour)).length;
  return (present * sumOfSquares(Float64Array.from(clockHours), mean)) / (dayHours * variation);
}

/**
 * Intradaily variability: how broken up the rhythm is. 0 for a perfect sine, about 2 for noise, no unit.
 *
 * IV = N Σ_i (x_i - x_{i-1})² / ((N - 1) Σ_i (x_i - x̄)²), x_i hourly means.
 *
 * Source: as {@link interdailyStability}.
 *
 * Missing: hours as there; steps from or to a missing hour are left out, and N - 1 is the number of
 * steps that are there.
 * @param counts counts a minute from a full hour on, NaN = missing
 * @returns undefined if no two neighbouring hours were measured or nothing varies
 */
export function intradailyVariability(counts: Float32Array): number | undefined {
  const hours = hourlyMeans(counts);
  const variation = sumOfSquares(hours, meanOf(hours));
  const steps = hours
    .subarray(1)
    .map((hour, index) => hour - (hours[index] ?? NaN))
    .filter((step) => !Number.isNaN(step));
  if (!(variation > 0) || steps.length === 0) return undefined;
  const present = hours.filter((hour) => !Number.isNaN(hour)).length;
  return (present * sumOfSquares(steps, 0)) / (steps.length * variation);
}

function hourlyMeans(counts: Float32Array): Float64Array {
  const hours = new Float64Array(Math.floor(counts.length / hourMinutes));
  for (let hour = 0; hour < hours.length; hour++) {
    let sum = 0;
    let present = 0;
    for (let minute = hour * hourMinutes; minute < (hour + 1) * hourMinutes; minute++) {
      const count = counts[minute]!;
      if (Number.isNaN(count)) continue;
      sum += count;
      present++;
    }
    hours[hour] = present < fewestMinutes ? NaN : sum / present;
  }
  return hours;
}

/** Of the numbers that are there; NaN of none. */
function meanOf(values: Float64Array): number {
  let sum = 0;
  let present = 0;
  for (const value of values)
    if (!Number.isNaN(value)) {
      sum += value;
      present++;
    }
  return sum / present;
}

function sumOfSquares(values: Float64Array, from: number): number {
  return values.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + (value - from) ** 2), 0);
}
