import { dataQuality, dayMinutes } from '../minute-series';
import type { MinuteWindow } from '../night';
import { clockTime, dayName } from './days';
import type { ClockChange } from './local-recording';
import type { RhythmTimes } from './rhythm-marks';

export interface Described {
  readonly counts: Float32Array;
  readonly from: string;
  readonly days: number;
  readonly rhythm: RhythmTimes;
  /** In local time. */
  readonly sleepWindows: readonly MinuteWindow[];
  readonly nonWear: readonly MinuteWindow[];
  readonly changes: readonly ClockChange[];
}

/** What the picture shows, for those who cannot see it. */
export function description(shown: Described): string {
  const { counts, from, days, rhythm, sleepWindows, nonWear, changes } = shown;
  const percent = (share: number) => Math.round(share * 1000) / 10;
  const day = (minute: number) => dayName(from, Math.floor(minute / dayMinutes));
  const windows = sleepWindows.map(
    ({ start, end }) => `${day(start)} ${clockTime(start)} to ${clockTime(end)}`,
  );
  const unworn = nonWear.reduce((sum, { start, end }) => sum + end - start, 0);
  const times = [
    ['the least active 5 hours begin at', rhythm.l5Onset],
    ['the most active 10 hours begin at', rhythm.m10Onset],
    ['the acrophase is at', rhythm.acrophase],
  ] as const;
  const known = times.flatMap(([what, minute]) =>
    minute === undefined ? [] : [`${what} ${clockTime(minute)}`],
  );
  return [
    `Actogram of ${days} days, a row a day from midnight to midnight.`,
    `${percent(dataQuality(counts).missingShare)} % of the minutes are missing.`,
    ...(unworn > 0 ? [`The device was not worn in ${percent(unworn / counts.length)} %.`] : []),
    windows.length === 0 ? 'No sleep windows.' : `Sleep windows: ${windows.join('; ')}.`,
    ...(known.length === 0 ? [] : [`On the average day ${known.join(', ')}.`]),
    ...changes.map(
      ({ at, by }) =>
        `The clock goes ${by > 0 ? 'forward' : 'back'} ${Math.abs(by)} minutes on ${day(at)} at ${clockTime(at)}.`,
    ),
  ].join(' ');
}
