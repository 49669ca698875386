import { Temporal } from '@js-temporal/polyfill';
import fc from 'fast-check';
import { localClock, startOfLocalDay } from './local-time';

describe('startOfLocalDay', () => {
  it.each([
    ['2026-03-02', 'UTC', '2026-03-02T00:00:00Z'],
    ['2026-03-02', 'Europe/Berlin', '2026-03-01T23:00:00Z'],
    ['2026-07-01', 'Europe/Berlin', '2026-06-30T22:00:00Z'],
    ['2026-03-02', 'Asia/Kathmandu', '2026-03-01T18:15:00Z'],
    ['2026-03-02', 'Pacific/Kiritimati', '2026-03-01T10:00:00Z'],
    ['2026-03-02', 'America/Los_Angeles', '2026-03-02T08:00:00Z'],
  ])('of %s in %s is %s', (date, zone, instant) => {
    expect(startOfLocalDay(date, zone)).toBe(Date.parse(instant));
  });

  it('is 23 hours before the next on the day that clocks go forward, 25 on the day they go back', () => {
    const hours = (date: string, next: string) =>
      (Number(startOfLocalDay(next, 'Europe/Berlin')) -
        Number(startOfLocalDay(date, 'Europe/Berlin'))) /
      3_600_000;
    expect(hours('2026-03-29', '2026-03-30')).toBe(23);
    expect(hours('2026-10-25', '2026-10-26')).toBe(25);
  });

  it('is the first instant of a day whose midnight is skipped', () => {
    expect(startOfLocalDay('2018-11-04', 'America/Sao_Paulo')).toBe(
      Date.parse('2018-11-04T03:00:00Z'),
    );
  });

  it('skips no other day than the one that a zone skipped', () => {
    const [before, after] = ['2011-12-29', '2011-12-31'].map((date) =>
      startOfLocalDay(date, 'Pacific/Apia'),
    );
    expect(Number(after) - Number(before)).toBe(24 * 3_600_000);
  });

  it.each([
    ['2026-02-30', 'UTC'],
    ['2026-13-01', 'UTC'],
    ['2026-3-2', 'UTC'],
    ['2026-03-02T00:00', 'UTC'],
    ['', 'UTC'],
    ['2026-03-02', 'Mars/Olympus'],
    ['2011-12-30', 'Pacific/Apia'],
    ['1994-12-31', 'Pacific/Kiritimati'],
    ['2026-03-02', ''],
  ])('of %p in %p does not exist', (date, zone) => {
    expect(startOfLocalDay(date, zone)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (date, zone) => {
        startOfLocalDay(date, zone);
        startOfLocalDay('2026-03-02', zone);
      }),
    );
  });

  it('is on that day, and a millisecond before it is not', () => {
    const dates = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    const zones = fc.constantFrom(
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Asia/Tehran',
      'America/Santiago',
    );
    fc.assert(
      fc.property(dates, zones, (date, zone) => {
        const start = startOfLocalDay(date, zone) ?? NaN;
        expect(localDate(start, zone)).toBe(date);
        expect(localDate(start - 1, zone) < date).toBe(true);
      }),
    );
  });
});

function localDate(instant: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

describe('localClock', () => {
  const weekMinutes = 10_080;

  it.each([
    ['a week without a change', '2026-03-02', 'Europe/Berlin', weekMinutes, 0],
    ['spring', '2026-03-23', 'Europe/Berlin', 6 * 1440 + 120, 60],
    ['autumn', '2026-10-19', 'Europe/Berlin', 6 * 1440 + 180, -60],
    ['a zone that changes by half an hour', '2026-03-30', 'Australia/Lord_Howe', 8760, -30],
  ])('%s: changes at the minute that the zone does', (_, date, zone, at, by) => {
    const clock = localClock(date, zone, weekMinutes);
    const expected = Int32Array.from({ length: weekMinutes }, (_, minute) =>
      minute < at ? minute : minute + by,
    );
    expect(clock).toEqual(expected);
  });

  it('begins at 1 if there is no midnight', () => {
    expect(localClock('2018-11-04', 'America/Sao_Paulo', 3)).toEqual(Int32Array.of(60, 61, 62));
  });

  it.each(['Europe/Berlin', 'America/New_York', 'Asia/Tehran', 'Africa/Casablanca'])(
    'is the local time of every minute, in %s',
    (timeZone) => {
      const day = fc.integer({ min: 0, max: 20_000 });
      fc.assert(
        fc.property(day, fc.integer({ min: 0, max: weekMinutes - 1 }), (days, minute) => {
          const date = new Date(days * 86_400_000).toISOString().slice(0, 10);
          const start = startOfLocalDay(date, timeZone) ?? NaN;
          const clock = localClock(date, timeZone, weekMinutes);
          const local = Temporal.Instant.fromEpochMilliseconds(start + minute * 60_000)
            .toZonedDateTimeISO(timeZone)
            .toPlainDateTime();
          const { minutes } = Temporal.PlainDate.from(date)
            .toPlainDateTime()
            .until(local, { largestUnit: 'minute' });
          expect(clock?.[minute]).toBe(minutes);
        }),
        { numRuns: 20 },
      );
    },
  );

  it('is undefined for a day that does not exist', () => {
    expect(localClock('2026-02-30', 'UTC', 10)).toBeUndefined();
  });
});
