import { evenClock, type LocalClock } from './local-clock';
import { dayMinutes } from './minute-series';
import type { MinuteWindow } from './night';
import { runsOf, score } from './sleep-scores';

/** Wake (or missing) up to this long is within one sleep; longer parts two. Minutes. */
const longestBreak = 60;
/** Less sleep than this is a nap. Minutes. */
const shortestMainSleep = 180;

/** The hours of night, in minutes of the day, and how many of their 720 minutes have to be measured. */
const nightStart = 21 * 60;
const nightEnd = 9 * 60;
const fewestOfNight = 360;

/**
 * Where each night's main sleep is, for nights without a given time in bed.
 *
 * Rule: stretches of sleep with at most 60 minutes between them make one sleep; a night is noon to
 * noon, and a sleep belongs to the night of its middle; a night's main sleep is the one with the most
 * minutes asleep (the earlier of two equal ones), if it has at least 180. A sleep that touches the
 * first or last minute of the recording is cut off by it and left out. A sleep by day (its middle is after 9
 * and before 21) is a main sleep only if at least half of the 12 hours of its night were measured: it is not
 * shown to be one by a night of which nothing is known.
 *
 * The windows run from first to last minute asleep: movement alone does not show when a person lay
 * down, so onset latency and final wake of such a night are 0 and its efficiency is that of the sleep
 * period, not of the time in bed.
 *
 * Missing: a gap counts as a break; its minutes are not asleep.
 * @param scores a score a minute from local midnight on, after Webster's rules
 * @param clock of the recording, if one of its days has not 24 hours
 * @returns windows in order, at most one a night
 */
export function mainSleepWindows(
  scores: Uint8Array,
  clock: LocalClock = evenClock(scores.length),
): readonly MinuteWindow[] {
  const longest = new Map<number, Sleep>();
  for (const sleep of sleepsOf(scores)) {
    if (sleep.asleep < shortestMainSleep || sleep.start === 0 || sleep.end === scores.length)
      continue;
    const middle = clock[Math.floor((sleep.start + sleep.end) / 2)]!;
    const night = Math.floor((middle + dayMinutes / 2) / dayMinutes);
    if (!isAtNight(middle) && nightMinutes(scores, clock, night) < fewestOfNight) continue;
    const other = longest.get(night);
    if (other === undefined || sleep.asleep > other.asleep) longest.set(night, sleep);
  }
  return [...longest.values()].map(({ start, end }) => ({ start, end }));
}

function isAtNight(local: number): boolean {
  const minuteOfDay = local % dayMinutes;
  return minuteOfDay >= nightStart || minuteOfDay < nightEnd;
}

/** Measured minutes of a night, which belongs to the day on which it ends. */
function nightMinutes(scores: Uint8Array, clock: LocalClock, night: number): number {
  const midnight = night * dayMinutes;
  let measured = 0;
  for (let minute = 0; minute < scores.length; minute++) {
    const local = clock[minute]! - midnight;
    if (local >= nightStart - dayMinutes && local < nightEnd && scores[minute] !== score.missing)
      measured++;
  }
  return measured;
}

interface Sleep extends MinuteWindow {
  readonly asleep: number;
}

function sleepsOf(scores: Uint8Array): readonly Sleep[] {
  const sleeps: Sleep[] = [];
  for (const { score: value, start, end } of runsOf(scores)) {
    if (value !== score.sleep) continue;
    const last = sleeps.at(-1);
    if (last !== undefined && start - last.end <= longestBreak)
      sleeps[sleeps.length - 1] = { start: last.start, end, asleep: last.asleep + end - start };
    else sleeps.push({ start, end, asleep: end - start });
  }
  return sleeps;
}
