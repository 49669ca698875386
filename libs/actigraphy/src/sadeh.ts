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
  const capped = new Float32Array(counts.length);
  for (let minute = 0; minute < counts.length; minute++)
    capped[minute] = Math.min(cap, counts[minute]!);
  const scores = new Uint8Array(counts.length).fill(score.missing);
  for (let minute = 0; minute < capped.length; minute++) {
    if (Number.isNaN(capped[minute])) continue;
    scores[minute] = isSleep(capped, minute) ? score.sleep : score.wake;
  }
  return scores;
}

/** Whether PS of a measured minute is at least 0. */
function isSleep(counts: Float32Array, minute: number): boolean {
  const last = Math.min(counts.length - 1, minute + halfWindow);
  let measured = 0;
  let sum = 0;
  let moderate = 0;
  for (let i = Math.max(0, minute - halfWindow); i <= last; i++) {
    const count = counts[i]!;
    if (Number.isNaN(count)) continue;
    measured++;
    sum += count;
    if (count >= 50 && count < 100) moderate++;
  }
  const index = 7.601 - 0.065 * (sum / measured) - 1.08 * ((moderate * windowMinutes) / measured);
  // SD and LG are never below 0 and can only lower it: most minutes of a day need neither.
  if (index < 0) return false;
  const deviation = trailingDeviation(counts, minute);
  return index - 0.056 * deviation - 0.703 * Math.log(counts[minute]! + 1) >= 0;
}

/** Sample standard deviation of `minute` and the 5 before it. */
function trailingDeviation(counts: Float32Array, minute: number): number {
  const first = Math.max(0, minute - halfWindow);
  let measured = 0;
  let sum = 0;
  for (let i = first; i <= minute; i++) {
    const count = counts[i]!;
    if (Number.isNaN(count)) continue;
    measured++;
    sum += count;
  }
  if (measured < 2) return 0;
  const mean = sum / measured;
  let squares = 0;
  for (let i = first; i <= minute; i++) {
    const count = counts[i]!;
    if (!Number.isNaN(count)) squares += (count - mean) * (count - mean);
  }
  return Math.sqrt(squares / (measured - 1));
}
