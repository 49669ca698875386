import { score } from './sleep-scores';

const halfWindow = 5;
const windowMinutes = 2 * halfWindow + 1;

/**
 * Sadeh's scoring: sleep where PS ≥ 0.
 *
 * PS = 7.601 - 0.065 MEAN - 1.08 NAT - 0.056 SD - 0.703 LG, over counts capped at `cap`: MEAN of the 11
 * minutes around t, NAT the number of those with 50 ≤ count < 100, SD the sample standard deviation of
 * the 6 minutes t-5 … t, LG = ln(count_t + 1).
 *
 * Source: Sadeh, Sharkey, Carskadon, Sleep 1994;17:201.
 *
 * Missing: a minute that was not measured is `missing`. MEAN and SD are of the measured minutes of
 * their window, NAT is scaled up from them to 11; SD of a single minute is 0. Minutes beyond the ends
 * of the recording are missing too.
 * @param counts counts a minute, NaN = missing
 * @param cap counts above it are taken as it. There is no default: it belongs to the device's unit
 * @returns a score a minute, see `score`
 */
export function sadeh(counts: Float32Array, cap: number): Uint8Array {
  const capped = counts.map((count) => Math.min(cap, count));
  return Uint8Array.from(capped, (own, minute) => {
    if (Number.isNaN(own)) return score.missing;
    const around = measured(capped, minute - halfWindow, minute + halfWindow);
    const before = measured(capped, minute - halfWindow, minute);
    const moderate = around.filter((count) => count >= 50 && count < 100).length;
    const index =
      7.601 -
      0.065 * mean(around) -
      1.08 * ((moderate * windowMinutes) / around.length) -
      0.056 * deviation(before) -
      0.703 * Math.log(own + 1);
    return index >= 0 ? score.sleep : score.wake;
  });
}

function measured(counts: Float32Array, first: number, last: number): Float32Array {
  return counts.subarray(Math.max(0, first), last + 1).filter((count) => !Number.isNaN(count));
}

function mean(counts: Float32Array): number {
  return counts.reduce((sum, count) => sum + count, 0) / counts.length;
}

function deviation(counts: Float32Array): number {
  if (counts.length < 2) return 0;
  const centre = mean(counts);
  const squares = counts.reduce((sum, count) => sum + (count - centre) ** 2, 0);
  return Math.sqrt(squares / (counts.length - 1));
}
