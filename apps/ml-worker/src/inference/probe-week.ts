import { minutesPerWeek } from '@clarity/domain';

const dayMinutes = 1440;

/**
 * The week of the self-test: nights at rest, days of movement that no two are alike, an hour missing.
 * Integer arithmetic only, so that it is the same on every machine. Changing it breaks the self-test of
 * every bundle that was imported before.
 * @returns [10080] counts, NaN = missing
 */
export function probeWeek(): Float32Array {
  return Float32Array.from({ length: minutesPerWeek }, (_, minute) => {
    const minuteOfDay = minute % dayMinutes;
    if (minute >= 4_000 && minute < 4_060) return NaN;
    if (minuteOfDay < 7 * 60 || minuteOfDay >= 23 * 60) return minute % 97 === 0 ? 15 : 0;
    return (minute * 7_919 + Math.floor(minute / dayMinutes) * 104_729) % 1_103;
  });
}
