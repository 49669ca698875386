import { createHash } from 'node:crypto';
import {
  analysisInputSchema,
  decodeCounts,
  DomainError,
  jsonParser,
  minutesPerWeek,
  type Analysis,
  type CountScaling,
} from '@clarity/domain';

const parseDocument = jsonParser('analysis input', analysisInputSchema);

/** What there is to analyse. */
export interface WeekInput {
  /** [10080] counts, NaN = missing. */
  readonly counts: Float32Array;
  /** Disjoint [start, end) in minutes of the week, in order. */
  readonly inBed: readonly { readonly start: number; readonly end: number }[];
  readonly countScaling?: CountScaling;
}

/**
 * Reads the stored input of an analysis, trusting nothing of it.
 * @throws DomainError `invalid-input` that says why it cannot be analysed
 */
export function readWeekInput(bytes: Uint8Array, analysis: Analysis): WeekInput {
  if (createHash('sha256').update(bytes).digest('hex') !== analysis.input.sha256)
    throw new DomainError(
      'invalid-input',
      'The stored input is not what was asked to be analysed.',
    );
  const input = parseDocument(Buffer.from(bytes).toString('utf8'));
  if (
    input.analysisId !== analysis.id ||
    input.from !== analysis.from ||
    input.timeZone !== analysis.timeZone
  )
    throw new DomainError('invalid-input', 'The stored input belongs to another analysis.');
  const counts = decodeCounts(input.counts);
  if (counts === undefined)
    throw new DomainError('invalid-input', `The input does not hold ${minutesPerWeek} minutes.`);
  checkCounts(counts);
  return {
    counts,
    inBed: disjoint(input.inBed),
    ...(input.countScaling === undefined ? {} : { countScaling: input.countScaling }),
  };
}

function checkCounts(counts: Float32Array): void {
  if (counts.every(Number.isNaN))
    throw new DomainError('invalid-input', 'No minute of the week was measured.');
  const wrong = counts.findIndex(
    (count) => !Number.isNaN(count) && !(count >= 0 && count < Infinity),
  );
  if (wrong >= 0)
    throw new DomainError('invalid-input', `Minute ${wrong} has ${counts[wrong]} counts.`);
}

function disjoint(intervals: WeekInput['inBed']): WeekInput['inBed'] {
  const inOrder = [...intervals].sort((a, b) => a.start - b.start);
  inOrder.forEach(({ start, end }, index) => {
    if (end <= start)
      throw new DomainError(
        'invalid-input',
        `In bed from minute ${start} to ${end} is no interval.`,
      );
    const next = inOrder[index + 1];
    if (next !== undefined && next.start < end)
      throw new DomainError(
        'invalid-input',
        `Two in-bed intervals overlap at minute ${next.start}.`,
      );
  });
  return inOrder;
}
