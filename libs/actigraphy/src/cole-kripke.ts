import { score } from './sleep-scores';

/** Weights of the minutes t-4 … t+2, and the place of minute t among them. */
const weights = Float64Array.of(106, 54, 58, 76, 230, 74, 67);
const ownPlace = 4;
const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
const scale = 0.001;

/**
 * Cole-Kripke's index D of each minute; below 1 is sleep, no unit.
 *
 * D_t = 0.001 (106 A_{t-4} + 54 A_{t-3} + 58 A_{t-2} + 76 A_{t-1} + 230 A_t + 74 A_{t+1} + 67 A_{t+2}),
 * A = counts a minute / divisor.
 *
 * Source: Cole, Kripke, Gruen, Mullaney, Gillin, Sleep 1992;15:461.
 *
 * Missing: a minute that was not measured has no D (NaN). Missing neighbours, and those beyond the
 * ends of the recording, are taken to be as the measured ones of the window: the weighted sum is scaled
 * up to the full weight. Taking them as 0 would score the edges of every gap as sleep.
 * @param counts counts a minute, NaN = missing
 * @param divisor turns this device's counts into the unit of the weights. There is no default: devices
 *   differ by orders of magnitude
 */
export function coleKripkeIndex(counts: Float32Array, divisor: number): Float64Array {
  const indices = new Float64Array(counts.length).fill(NaN);
  for (let minute = 0; minute < counts.length; minute++) {
    if (Number.isNaN(counts[minute])) continue;
    const windowStart = minute - ownPlace;
    const last = Math.min(counts.length, windowStart + weights.length);
    let sum = 0;
    let measured = 0;
    for (let i = Math.max(0, windowStart); i < last; i++) {
      const count = counts[i]!;
      if (Number.isNaN(count)) continue;
      const weight = weights[i - windowStart]!;
      sum += (weight * count) / divisor;
      measured += weight;
    }
    const whole = measured === weightSum ? sum : (sum * weightSum) / measured;
    indices[minute] = scale * whole;
  }
  return indices;
}

/** Sleep where {@link coleKripkeIndex} is below 1, wake elsewhere. @returns a score a minute */
export function coleKripke(counts: Float32Array, divisor: number): Uint8Array {
  const indices = coleKripkeIndex(counts, divisor);
  const scores = new Uint8Array(counts.length).fill(score.missing);
  for (let minute = 0; minute < scores.length; minute++)
    if (indices[minute]! < 1) scores[minute] = score.sleep;
    else if (indices[minute]! >= 1) scores[minute] = score.wake;
  return scores;
}
