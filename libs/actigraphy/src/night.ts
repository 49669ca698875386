import { minutesOf, score, sleepMinutes } from './sleep-scores';

/** A stretch of minutes of the recording, [start, end). */
export interface MinuteWindow {
  readonly start: number;
  readonly end: number;
}

/** One night. All but `efficiency` (0 to 1) and `awakenings` (a number of times) are minutes. */
export interface NightMetrics {
  readonly timeInBed: number;
  /** Total sleep time: minutes asleep. */
  readonly tst: number;
  /** Sleep onset latency: from the start of the window to the first minute asleep. */
  readonly sol: number;
  /** Wake after sleep onset: minutes awake between the first and the last minute asleep. */
  readonly waso: number;
  /** From the last minute asleep to the end of the window. */
  readonly finalWake: number;
  /** tst / measured minutes of the window. */
  readonly efficiency: number;
  /** Stretches awake between the first and the last minute asleep. */
  readonly awakenings: number;
}

/**
 * The night metrics of a time in bed. With every minute measured timeInBed = sol + tst + waso +
 * finalWake. Without a minute asleep, sol is the whole window and waso and finalWake are 0.
 *
 * Source: Reed & Sacco, J Clin Sleep Med 2016;12:263 (definitions and the denominator of efficiency).
 *
 * Missing: minutes that were not measured count as neither asleep nor awake and leave the denominator
 * of efficiency; sol and finalWake are distances on the clock and include them; a gap within a stretch
 * awake does not make two awakenings of it.
 * @param scores of the whole recording after Webster's rules
 * @returns undefined if no minute of the window was measured
 */
export function nightMetrics(
  scores: Uint8Array,
  { start, end }: MinuteWindow,
): NightMetrics | undefined {
  const night = scores.subarray(start, end);
  const timeInBed = night.length;
  const measured = timeInBed - minutesOf(score.missing, night);
  if (measured === 0) return undefined;
  const onset = night.indexOf(score.sleep);
  if (onset < 0)
    return {
      timeInBed,
      tst: 0,
      sol: timeInBed,
      waso: 0,
      finalWake: 0,
      efficiency: 0,
      awakenings: 0,
    };
  const last = night.lastIndexOf(score.sleep);
  const asleep = night.subarray(onset, last + 1).filter((value) => value !== score.missing);
  const tst = sleepMinutes(asleep);
  return {
    timeInBed,
    tst,
    sol: onset,
    waso: asleep.length - tst,
    finalWake: timeInBed - 1 - last,
    efficiency: tst / measured,
    awakenings: asleep.filter(
      (value, minute) => value === score.wake && asleep[minute - 1] === score.sleep,
    ).length,
  };
}
