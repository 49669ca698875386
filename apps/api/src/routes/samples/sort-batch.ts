import { parseSample, type FieldError, type Sample } from '@clarity/domain';

export interface Outcome {
  outcome: 'created' | 'duplicate' | 'rejected';
  errors?: FieldError[];
}

/** A batch taken apart: what is settled already, and what the repository has to say about. */
export interface SortedBatch {
  /** One for each sample as sent; `undefined` where the repository decides. */
  readonly outcomes: (Outcome | undefined)[];
  readonly valid: readonly Sample[];
}

/** One object for all: a batch has ten thousand of them. */
const created: Outcome = { outcome: 'created' };
const duplicate: Outcome = { outcome: 'duplicate' };

/** @param now epoch milliseconds. An id that comes twice in the batch is stored the first time only. */
export function sortBatch(inputs: readonly unknown[], now: number): SortedBatch {
  const outcomes: (Outcome | undefined)[] = [];
  const valid: Sample[] = [];
  const seen = new Set<string>();
  for (const input of inputs) {
    const parsed = parseSample(input, now);
    if (!parsed.ok) outcomes.push({ outcome: 'rejected', errors: [...parsed.errors] });
    else if (seen.has(parsed.sample.id)) outcomes.push(duplicate);
    else {
      seen.add(parsed.sample.id);
      valid.push(parsed.sample);
      outcomes.push(undefined);
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

/** @param stored the repository's word on each of `sorted.valid`, in order */
export function mergeOutcomes(
  sorted: SortedBatch,
  stored: readonly ('created' | 'duplicate')[],
): BatchOutcome {
  const counts = { created: 0, duplicate: 0, rejected: 0 };
  let next = 0;
  const outcomes = sorted.outcomes.map((known) => {
    const outcome = known ?? (stored[next++] === 'duplicate' ? duplicate : created);
    counts[outcome.outcome]++;
    return outcome;
  });
  return {
    created: counts.created,
    duplicates: counts.duplicate,
    rejected: counts.rejected,
    outcomes,
  };
}
