/**
 * What a minute was scored as. Scores are a Uint8Array, a byte a minute, so that a week is 10 KB and
 * no third value hides between two booleans.
 */
export const score = { wake: 0, sleep: 1, missing: 2 } as const;

/** A stretch of minutes with one score, [start, end). */
export interface Run {
  readonly score: number;
  readonly start: number;
  readonly end: number;
}

/** @returns the runs of `scores` in order; together they cover every minute. */
export function runsOf(scores: Uint8Array): readonly Run[] {
  const runs: Run[] = [];
  let start = 0;
  for (let minute = 1; minute <= scores.length; minute++) {
    const first = scores[start];
    if (first === undefined || scores[minute] === first) continue;
    runs.push({ score: first, start, end: minute });
    start = minute;
  }
  return runs;
}

/** Minutes scored as sleep. */
export function sleepMinutes(scores: Uint8Array): number {
  return minutesOf(score.sleep, scores);
}

/** Minutes with one score. */
export function minutesOf(wanted: number, scores: Uint8Array): number {
  let minutes = 0;
  for (let minute = 0; minute < scores.length; minute++) if (scores[minute] === wanted) minutes++;
  return minutes;
}
