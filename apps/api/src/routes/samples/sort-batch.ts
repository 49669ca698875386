import { parseSample, type TimedSample } from '@clarity/domain';
import { type FieldError } from '@clarity/schema';

export interface Outcome {
  outcome: 'created' | 'duplicate' | 'rejected';
  errors?: FieldError[];
}

/** A batch taken apart: what is rejected already, and what the repository decides about. */
export interface SortedBatch {
  /** One per sample as sent; `undefined` if the repository decides. */
  readonly outcomes: (Outcome | undefined)[];
  readonly valid: readonly TimedSample[];
}

/** One object for all: a batch has ten thousand of them. */
const created: Outcome = { outcome: 'created' };
const duplicate: Outcome = { outcome: 'duplicate' };
const rejected: Outcome = { outcome: 'rejected' };
/** Errors in one answer. Further samples are `rejected` without their reasons. */
const maxErrors = 1_000;

/** @param now epoch milliseconds */
export function sortBatch(inputs: readonly unknown[], now: number): SortedBatch {
  const outcomes: (Outcome | undefined)[] = [];
  const valid: TimedSample[] = [];
  let room = maxErrors;
  for (const input of inputs) {
    const parsed = parseSample(input, now);
    if (parsed.ok) {
      valid.push(parsed);
      outcomes.push(undefined);
    } else {
      const errors = parsed.errors.slice(0, room);
      room -= errors.length;
      outcomes.push(errors.length === 0 ? rejected : { outcome: 'rejected', errors });
    }
  }
  return { outcomes, valid };
}

export interface BatchOutcome {
  readonly created: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly outcomes: Outcome[];
}

/** @param stored the repository's outcome of each of `sorted.valid`, in order */
export function mergeOutcomes(
  sorted: SortedBatch,
  stored: readonly ('created' | 'duplicate')[],
): BatchOutcome {
  const counts = { created: 0, duplicate: 0, rejected: 0 };
  const outcomes: Outcome[] = [];
  let next = 0;
  for (const known of sorted.outcomes) {
    const outcome = known ?? (stored[next++] === 'duplicate' ? duplicate : created);
    counts[outcome.outcome]++;
    outcomes.push(outcome);
  }
  return {
    created: counts.created,
    duplicates: counts.duplicate,
    rejected: counts.rejected,
    outcomes,
  };
}
