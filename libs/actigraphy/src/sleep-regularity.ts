import { evenClock, type LocalClock } from './local-clock';
import { dayMinutes } from './minute-series';
import { score } from './sleep-scores';

/** A day's worth of minutes that can be compared with the day after. */
const fewestPairs = dayMinutes;

/**
 * Sleep regularity index: the chance of being in the same state 24 h apart, from -100 (always the
 * opposite) over 0 (chance) to 100 (the same every day).
 *
 * SRI = -100 + 200 · share of minutes t whose score equals that of t + 1440, or of the same local time on the next day
 * if that has not 24 hours.
 *
 * Source: Phillips et al., Sci Rep 2017;7:3216.
 *
 * Missing: pairs of which either minute is missing are left out.
 * @param scores see `score`
 * @param clock of the recording, if one of its days has not 24 hours
 * @returns undefined with less than a day of complete pairs
 */
export function sleepRegularityIndex(
  scores: Uint8Array,
  clock: LocalClock = evenClock(scores.length),
): number | undefined {
  let pairs = 0;
  let equal = 0;
  for (let minute = 0; minute + dayMinutes < scores.length; minute++) {
    const sameTime = clock[minute]! + dayMinutes;
    const later = minute + dayMinutes + sameTime - clock[minute + dayMinutes]!;
    if (clock[later] !== sameTime) continue;
    const today = scores[minute];
    const tomorrow = scores[later];
    if (today === score.missing || tomorrow === score.missing) continue;
    pairs++;
    if (today === tomorrow) equal++;
  }
  return pairs < fewestPairs ? undefined : -100 + (200 * equal) / pairs;
}
