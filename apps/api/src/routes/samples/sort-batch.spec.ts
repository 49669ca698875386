import { mergeOutcomes, sortBatch } from './sort-batch';

const now = Date.parse('2025-03-12T08:00:00Z');

describe('a batch', () => {
  it('is answered with at most a thousand errors, and with an outcome for each sample', () => {
    const hostile = Array.from({ length: 10_000 }, () => ({ a: 1, type: 'mood', value: 11 }));
    const { outcomes } = mergeOutcomes(sortBatch(hostile, now), []);
    expect(outcomes).toHaveLength(10_000);
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['rejected']));
    const errors = outcomes.flatMap((outcome) => outcome.errors ?? []);
    expect(errors).toHaveLength(1_000);
    expect(outcomes.at(-1)).toEqual({ outcome: 'rejected' });
  });
});
