import { randomUUID } from 'node:crypto';
import { startOfLocalDay, type Sample } from '@clarity/domain';

/** data/week.json: minute counts, minute 0 = Monday 00:00 local, and the intervals in bed. */
export interface RecordedWeek {
  readonly inBed: readonly (readonly [start: number, end: number])[];
  readonly days: readonly (readonly number[])[];
}

export interface WeekOfSamples {
  /** Local date of its Monday. */
  readonly from: string;
  readonly samples: readonly Sample[];
}

const minuteMs = 60_000;

/** Turns a recorded week into the samples of a device that was worn in the last full week before `now`. */
export function samplesOf(week: RecordedWeek, now: Date, timeZone: string): WeekOfSamples {
  const from = lastFullWeek(now);
  const start = startOfLocalDay(from, timeZone);
  if (start === undefined) throw new Error(`There is no ${from} in ${timeZone}.`);
  const at = (minute: number) => new Date(start + minute * minuteMs).toISOString();
  const source = 'rehearsal';
  const counts = week.days.flat().map((value, minute): Sample => ({
    id: randomUUID(),
    type: 'activity_count',
    start: at(minute),
    end: at(minute + 1),
    value,
    unit: '{counts}',
    source,
  }));
  const inBed = week.inBed.map(([begin, end]): Sample => ({
    id: randomUUID(),
    type: 'sleep_analysis',
    start: at(begin),
    end: at(end),
    value: 'in_bed',
    unit: '1',
    source,
  }));
  return { from, samples: [...counts, ...inBed] };
}

/** The Monday of the last week that is over everywhere on Earth. */
export function lastFullWeek(now: Date): string {
  const dayMs = 24 * 60 * minuteMs;
  const aDayAgo = new Date(now.getTime() - dayMs);
  const sinceMonday = (aDayAgo.getUTCDay() + 6) % 7;
  const monday = new Date(aDayAgo.getTime() - (sinceMonday + 7) * dayMs);
  return monday.toISOString().slice(0, 10);
}
