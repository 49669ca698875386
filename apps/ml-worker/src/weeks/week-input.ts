import type { LocalClock } from '@clarity/actigraphy';
import { decodeCounts, localClock, minutesPerWeek, type CountScaling } from '@clarity/domain';
import { ValidationError } from '@clarity/schema';

/** As many wrong counts are named. */
const mostErrors = 8;

/** What there is to analyse. */
export interface WeekInput {
  /** [10080] counts, NaN = missing. */
  readonly counts: Float32Array;
  /** Disjoint [start, end) in minutes of the week, in order. */
  readonly inBed: readonly { readonly start: number; readonly end: number }[];
  readonly countScaling?: CountScaling;
  /** [10080] local time of each minute, in minutes after the first midnight. */
  readonly clock: LocalClock;
}

/** A week as a document has it: counts in base64 f32 (NaN = missing) or as numbers (null = missing). */
export interface WrittenWeek {
  readonly from: string;
  readonly timeZone: string;
  readonly counts: string | readonly unknown[] | Float32Array;
  readonly inBed: WeekInput['inBed'];
  readonly countScaling?: CountScaling | undefined;
}

/**
 * Reads a week, trusting nothing of it.
 * @throws ValidationError with the reason why it cannot be analysed
 */
export function weekInput({
  from,
  timeZone,
  counts: written,
  inBed,
  countScaling,
}: WrittenWeek): WeekInput {
  const clock = localClock(from, timeZone, minutesPerWeek);
  if (clock === undefined)
    throw new ValidationError('There is no such day in that time zone.', [
      { pointer: '/from', detail: 'has to be a date, YYYY-MM-DD, in the IANA zone `timeZone`' },
    ]);
  const counts = countsOf(written);
  if (counts === undefined)
    throw new ValidationError(`The input does not hold ${minutesPerWeek} minutes.`);
  checkCounts(counts);
  return {
    counts,
    inBed: disjoint(inBed),
    clock,
    ...(countScaling === undefined ? {} : { countScaling }),
  };
}

function countsOf(written: WrittenWeek['counts']): Float32Array | undefined {
  if (typeof written === 'string') return decodeCounts(written);
  if (written instanceof Float32Array) return written;
  if (written.length !== minutesPerWeek) return undefined;
  const counts = new Float32Array(minutesPerWeek);
  const wrong: number[] = [];
  for (let minute = 0; minute < minutesPerWeek && wrong.length < mostErrors; minute++) {
    const count = written[minute];
    if (typeof count === 'number' && count >= 0) counts[minute] = count;
    else if (count === null) counts[minute] = NaN;
    else wrong.push(minute);
  }
  if (wrong.length === 0) return counts;
  throw new ValidationError(
    'The week is malformed.',
    wrong.map((minute) => ({
      pointer: `/counts/${minute}`,
      detail: 'has to be null or a number of at least 0',
    })),
  );
}

function checkCounts(counts: Float32Array): void {
  if (counts.every(Number.isNaN)) throw new ValidationError('No minute of the week was measured.');
  const wrong = counts.findIndex(
    (count) => !Number.isNaN(count) && !(count >= 0 && count < Infinity),
  );
  if (wrong >= 0) throw new ValidationError(`Minute ${wrong} has ${counts[wrong]} counts.`);
}

function disjoint(intervals: WeekInput['inBed']): WeekInput['inBed'] {
  const inOrder = [...intervals].sort((a, b) => a.start - b.start);
  inOrder.forEach(({ start, end }, index) => {
    if (end <= start)
      throw new ValidationError(`Empty in-bed interval: minute ${start} to ${end}.`);
    const next = inOrder[index + 1];
    if (next !== undefined && next.start < end)
      throw new ValidationError(`Two in-bed intervals overlap at minute ${next.start}.`);
  });
  return inOrder;
}
