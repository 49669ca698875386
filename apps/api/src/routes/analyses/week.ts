import {
  minutesPerWeek,
  parseInstant,
  startOfLocalDay,
  type CallOptions,
  type HealthDataRepository,
  type Sample,
  type SampleType,
  type UserId,
} from '@clarity/domain';
import { minutesReached } from '@clarity/actigraphy';
import { Problem, type ProblemField } from '../../problems/problem';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const pageSize = 5_000;
/** As many as the input document may hold. */
const maxInBedIntervals = 100;
/** Of one type: every minute from twenty devices, or one device every three seconds. */
const maxSamples = 200_000;
/** What that many take up in memory, as bytes of JSON. */
export const weekBytes = 6 * 1024 * 1024;

/** A week that has ended: 10,080 minutes from the first local midnight, also if the clocks changed. */
export interface Week {
  readonly startMs: number;
  readonly endMs: number;
}

/** @throws Problem `invalid-input` for a day or zone that does not exist, `week-not-over` */
export function endedWeek(from: string, timeZone: string, now: number): Week {
  const startMs = startOfLocalDay(from, timeZone);
  if (startMs === undefined) {
    const zoneExists = startOfLocalDay('2000-01-01', timeZone) !== undefined;
    const error: ProblemField = zoneExists
      ? { in: 'body', pointer: '/from', detail: 'is not a day of the calendar in this time zone' }
      : { in: 'body', pointer: '/timeZone', detail: 'is not a time zone of the IANA database' };
    throw new Problem('invalid-input', 'The week cannot be placed in time.', { errors: [error] });
  }
  const endMs = startMs + minutesPerWeek * minuteMs;
  if (endMs > now)
    throw new Problem(
      'week-not-over',
      `The week from ${from} ends at ${new Date(endMs).toISOString()}.`,
    );
  return { startMs, endMs };
}

export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
  readonly value: number;
}

/**
 * Movement that reaches into the week, as one device sampled it: counts of two devices worn at once
 * would add up, and are of different units anyway. The one that measured in the most minutes is taken.
 */
export async function readMovement(
  healthData: HealthDataRepository,
  userId: UserId,
  week: Week,
  options: CallOptions,
): Promise<readonly Interval[]> {
  // A sample is found by its start; one from before midnight may reach over it.
  const from = week.startMs - hourMs;
  const byDevice = new Map<string, Interval[]>();
  const span = { type: 'activity_count', from, to: week.endMs } as const;
  for await (const sample of samplesOf(healthData, userId, span, options)) {
    if (typeof sample.value !== 'number') continue;
    const name = JSON.stringify([sample.source, sample.device]);
    const intervals = byDevice.get(name) ?? [];
    byDevice.set(name, intervals);
    intervals.push({ ...spanOf(sample), value: sample.value });
  }
  return withMostMinutes(byDevice.values(), week);
}

/** @returns the intervals that reach into the most different minutes of the week */
function withMostMinutes(devices: Iterable<readonly Interval[]>, { startMs }: Week) {
  // Each minute has the number of the last device that reached it.
  const reachedBy = new Int32Array(minutesPerWeek);
  let device = 0;
  let most: readonly Interval[] = [];
  let mostMinutes = 0;
  for (const intervals of devices) {
    device++;
    let minutes = 0;
    for (const interval of intervals) {
      const { first, end } = minutesReached(interval, startMs);
      for (let minute = first; minute < end; minute++) {
        if (reachedBy[minute] !== device) minutes++;
        reachedBy[minute] = device;
      }
    }
    if (minutes <= mostMinutes) continue;
    most = intervals;
    mostMinutes = minutes;
  }
  return most;
}

export interface MinuteInterval {
  readonly start: number;
  readonly end: number;
}

/** The person's nights as minutes of the week, [start, end), joined if they overlap. */
export async function readInBed(
  healthData: HealthDataRepository,
  userId: UserId,
  week: Week,
  options: CallOptions,
): Promise<MinuteInterval[]> {
  const from = week.startMs - 24 * hourMs;
  const spans: MinuteInterval[] = [];
  const span = { type: 'sleep_analysis', from, to: week.endMs } as const;
  for await (const sample of samplesOf(healthData, userId, span, options)) {
    if (sample.value !== 'in_bed') continue;
    const { startMs, endMs } = spanOf(sample);
    const start = Math.max(0, Math.round((startMs - week.startMs) / minuteMs));
    const end = Math.min(minutesPerWeek, Math.round((endMs - week.startMs) / minuteMs));
    if (end > start) spans.push({ start, end });
  }
  const joined = joinOverlapping(spans);
  if (joined.length > maxInBedIntervals)
    throw new Problem(
      'invalid-input',
      `The week has ${joined.length} separate in_bed intervals; at most ${maxInBedIntervals} can be analysed.`,
    );
  return joined;
}

/** @returns disjoint intervals by start; those that touch are one */
function joinOverlapping(intervals: readonly MinuteInterval[]): MinuteInterval[] {
  const joined: MinuteInterval[] = [];
  for (const interval of [...intervals].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last !== undefined && interval.start <= last.end)
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, interval.end) };
    else joined.push(interval);
  }
  return joined;
}

function spanOf(sample: Sample): { startMs: number; endMs: number } {
  const startMs = parseInstant(sample.start);
  const endMs = parseInstant(sample.end);
  if (startMs === undefined || endMs === undefined) throw new Error('a stored sample has no time');
  return { startMs, endMs };
}

async function* samplesOf(
  healthData: HealthDataRepository,
  userId: UserId,
  span: { readonly type: SampleType; readonly from: number; readonly to: number },
  options: CallOptions,
): AsyncGenerator<Sample> {
  let after: string | undefined;
  let count = 0;
  do {
    const query = { ...span, limit: pageSize, ...(after === undefined ? {} : { after }) };
    const page = await healthData.findSamples(userId, query, options);
    count += page.items.length;
    if (count > maxSamples)
      throw new Problem(
        'invalid-input',
        `The week has more than ${maxSamples} ${span.type} samples; they cannot be analysed.`,
      );
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}
