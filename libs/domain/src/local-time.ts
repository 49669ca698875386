import { Temporal } from '@js-temporal/polyfill';

const isoDate = /^\d{4}-\d\d-\d\d$/;

/**
 * The instant at which a local day begins. Where daylight saving skips midnight it is the first
 * instant of that day.
 * @param date YYYY-MM-DD
 * @param timeZone IANA name
 * @returns epoch milliseconds, or undefined where the date or the zone does not exist
 */
export function startOfLocalDay(date: string, timeZone: string): number | undefined {
  if (!isoDate.test(date)) return undefined;
  try {
    return Temporal.PlainDate.from(date, { overflow: 'reject' }).toZonedDateTime({ timeZone })
      .epochMilliseconds;
  } catch {
    return undefined;
  }
}
