import { Temporal } from '@js-temporal/polyfill';

const isoDate = /^\d{4}-\d\d-\d\d$/;

/**
 * The instant at which a local day begins. If daylight saving skips midnight, it is the first
 * instant of that day. A day that a zone skipped as a whole, to change sides of the date line, does
 * not exist there.
 * @param date YYYY-MM-DD
 * @param timeZone IANA name
 * @returns epoch milliseconds, or undefined if the date or the zone does not exist, or not together
 */
export function startOfLocalDay(date: string, timeZone: string): number | undefined {
  if (!isoDate.test(date)) return undefined;
  try {
    const day = Temporal.PlainDate.from(date, { overflow: 'reject' });
    const start = day.toZonedDateTime({ timeZone });
    return start.toPlainDate().equals(day) ? start.epochMilliseconds : undefined;
  } catch {
    return undefined;
  }
}

const [hourMinutes, minuteMs] = [60, 60_000];

/**
 * The local time of each of `minutes` minutes from the start of a local day on, in minutes after its midnight: an hour of
 * them is left out when the clock goes forward, and there twice when it goes back.
 * @returns undefined if the date or the zone does not exist, or not together
 */
export function localClock(
  date: string,
  timeZone: string,
  minutes: number,
): Int32Array | undefined {
  const start = startOfLocalDay(date, timeZone);
  if (start === undefined) return undefined;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const localTime = (minute: number) => {
    const instant = Temporal.Instant.fromEpochMilliseconds(start + minute * minuteMs);
    const { offsetNanoseconds } = instant.toZonedDateTimeISO(timeZone);
    return Math.floor((start - midnight + offsetNanoseconds / 1e6) / minuteMs) + minute;
  };
  const clock = new Int32Array(minutes);
  const fill = (from: number, to: number) => {
    const [first, last] = [localTime(from), localTime(to - 1)];
    if (last - first === to - 1 - from)
      for (let minute = from; minute < to; minute++) clock[minute] = first + minute - from;
    else {
      const middle = Math.floor((from + to) / 2);
      fill(from, middle);
      fill(middle, to);
    }
  };
  // By the day, because two changes of the clock that cancel out would hide in longer stretches.
  const step = 24 * hourMinutes;
  for (let from = 0; from < minutes; from += step) fill(from, Math.min(minutes, from + step));
  return clock;
}
