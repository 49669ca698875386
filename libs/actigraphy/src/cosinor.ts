import { evenClock, type LocalClock } from './local-clock';
import { dayMinutes } from './minute-series';

/** A day's worth: with less, the three unknowns say nothing about a rhythm. */
const fewestMinutes = dayMinutes;
/** Below this the measured minutes are bunched so closely that the fit has no answer. */
const smallestDeterminant = 1e-6;

export interface Cosinor {
  /** Rhythm-adjusted mean, counts a minute. */
  readonly mesor: number;
  /** Half of the distance from trough to peak, counts a minute. */
  readonly amplitude: number;
  /** Time of the peak as an angle of the day, [0, 2π) from local midnight. */
  readonly acrophaseRad: number;
  /** The same in minutes after local midnight, [0, 1440). */
  readonly acrophaseMinute: number;
  /** Share of the variance that the fit explains, 0 to 1. */
  readonly r2: number;
}

/**
 * Single-component cosinor with a period of 24 h: least squares of
 * x(t) = M + β cos(2πt/1440) + γ sin(2πt/1440) over minutes t of the local day; amplitude = √(β² + γ²),
 * acrophase = atan2(γ, β).
 *
 * Source: Nelson et al., Chronobiologia 1979;6:305; Cornelissen, Theor Biol Med Model 2014;11:16.
 *
 * Missing: only measured minutes enter the fit; no equal spacing is assumed.
 * @param counts counts a minute from local midnight on, NaN = missing
 * @param clock of the recording, if one of its days has not 24 hours
 * @returns undefined with less than a day of measured minutes, with minutes of only a corner of the
 *   day, or if nothing varies
 */
export function cosinor(
  counts: Float32Array,
  clock: LocalClock = evenClock(counts.length),
): Cosinor | undefined {
  const { n, c, s, cc, cs, ss, x, xc, xs } = moments(counts, clock);
  if (n < fewestMinutes) return undefined;
  const determinant = n * (cc * ss - cs * cs) - c * (c * ss - cs * s) + s * (c * cs - cc * s);
  if (determinant < smallestDeterminant * n ** 3) return undefined;
  const mesor =
    (x * (cc * ss - cs * cs) - c * (xc * ss - cs * xs) + s * (xc * cs - cc * xs)) / determinant;
  const beta =
    (n * (xc * ss - cs * xs) - x * (c * ss - cs * s) + s * (c * xs - xc * s)) / determinant;
  const gamma =
    (n * (cc * xs - xc * cs) - c * (c * xs - xc * s) + x * (c * cs - cc * s)) / determinant;

  const { total, residual } = variation(counts, clock, x / n, { mesor, beta, gamma });
  if (!(total > 0)) return undefined;
  const angle = Math.atan2(gamma, beta);
  const acrophaseRad = angle < 0 ? angle + 2 * Math.PI : angle;
  return {
    mesor,
    amplitude: Math.hypot(beta, gamma),
    acrophaseRad,
    acrophaseMinute: (acrophaseRad / (2 * Math.PI)) * dayMinutes,
    r2: 1 - residual / total,
  };
}

const angles = Float64Array.from({ length: dayMinutes }, (_, t) => (2 * Math.PI * t) / dayMinutes);
const cosines = angles.map(Math.cos);
const sines = angles.map(Math.sin);

/** Sums of the normal equations: n, Σcos, Σsin, Σcos², Σcos·sin, Σsin², Σx, Σx·cos, Σx·sin. */
function moments(counts: Float32Array, clock: LocalClock) {
  let [n, c, s, cc, cs, ss, x, xc, xs] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let minute = 0; minute < counts.length; minute++) {
    const count = counts[minute]!;
    if (Number.isNaN(count)) continue;
    const minuteOfDay = clock[minute]! % dayMinutes;
    const cos = cosines[minuteOfDay]!;
    const sin = sines[minuteOfDay]!;
    n += 1;
    c += cos;
    s += sin;
    cc += cos * cos;
    cs += cos * sin;
    ss += sin * sin;
    x += count;
    xc += count * cos;
    xs += count * sin;
  }
  return { n, c, s, cc, cs, ss, x, xc, xs };
}

/** Sums of squares of the measured minutes around their mean, and around the fit. */
function variation(
  counts: Float32Array,
  clock: LocalClock,
  mean: number,
  { mesor, beta, gamma }: { mesor: number; beta: number; gamma: number },
): { total: number; residual: number } {
  let total = 0;
  let residual = 0;
  for (let minute = 0; minute < counts.length; minute++) {
    const count = counts[minute]!;
    if (Number.isNaN(count)) continue;
    const minuteOfDay = clock[minute]! % dayMinutes;
    const fit = mesor + beta * cosines[minuteOfDay]! + gamma * sines[minuteOfDay]!;
    // Not `** 2`, which V8 computes as a power, at ten times the time.
    total += (count - mean) * (count - mean);
    residual += (count - fit) * (count - fit);
  }
  return { total, residual };
}
