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
