import type { Sample } from '@clarity/domain';
import { aSample, someMinutes } from '@clarity/domain/testing';
import fc from 'fast-check';
import { addToDay, defaultBlockLimits, type BlockWrite, type DayBlock } from './add-to-day';
import { decodeBlock } from './block-codec';

const day = Date.UTC(2026, 2, 2);

/** What a store does with writes that nobody raced. */
function applied(blocks: readonly DayBlock[], writes: readonly BlockWrite[]): DayBlock[] {
  const byNumber = new Map(blocks.map((block) => [block.number, block]));
  for (const { number, expectedVersion, content } of writes) {
    const before = byNumber.get(number);
    expect(before?.version ?? 0).toBe(expectedVersion);
    const samples = content ? decodeBlock(content.bytes) : (before?.samples ?? []);
    if (content) expect(content.samples).toBe(samples.length);
    byNumber.set(number, { number, version: expectedVersion + 1, samples });
  }
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}

describe('adding to a day', () => {
  it('ends with every id once, whatever the batches and however small the blocks', () => {
    const minutes = someMinutes(day, 120);
    const batches = fc.array(fc.array(fc.constantFrom(...minutes), { maxLength: 60 }), {
      maxLength: 6,
    });
    const limits = fc.record({
      maxBytes: fc.integer({ min: 200, max: 3000 }),
      maxSamples: fc.integer({ min: 10, max: 200 }),
      maxBlocks: fc.constant(1000),
    });
    fc.assert(
      fc.property(batches, limits, (rounds, limit) => {
        let blocks: DayBlock[] = [];
        const expected = new Map<string, Sample>();
        for (const batch of rounds) {
          const { outcomes, writes } = addToDay(blocks, batch, limit);
          batch.forEach((sample, n) => {
            expect(outcomes[n]).toBe(expected.has(sample.id) ? 'duplicate' : 'created');
            expected.set(sample.id, sample);
          });
          const last = blocks.at(-1)?.number ?? 0;
          if (writes.length > 0) expect(writes.map(({ number }) => number)).toContain(last);
          for (const { content } of writes) {
            expect(content?.bytes.length ?? 0).toBeLessThanOrEqual(limit.maxBytes);
            expect(content?.samples ?? 0).toBeLessThanOrEqual(limit.maxSamples);
          }
          blocks = applied(blocks, writes);
        }
        const stored = blocks.flatMap(({ samples }) => samples);
        expect(stored).toHaveLength(expected.size);
        expect(new Map(stored.map((sample) => [sample.id, sample]))).toEqual(expected);
        expect(blocks.map(({ number }) => number)).toEqual([...blocks.keys()]);
      }),
    );
  });

  it('writes one block for one more sample, and none for a repeat', () => {
    const minutes = someMinutes(day, 10);
    const blocks = applied([], addToDay([], minutes, defaultBlockLimits).writes);
    const { writes } = addToDay(blocks, [aSample()], defaultBlockLimits);
    expect(writes).toMatchObject([{ number: 0, expectedVersion: 1, content: { samples: 11 } }]);
    expect(addToDay(blocks, minutes, defaultBlockLimits).writes).toEqual([]);
  });

  it('leaves a full block as it is, but for its version', () => {
    const limits = { maxBytes: 100_000, maxSamples: 10, maxBlocks: 2 };
    const blocks = applied([], addToDay([], someMinutes(day, 10), limits).writes);
    const { writes } = addToDay(blocks, [aSample()], limits);
    expect(writes).toEqual([
      { number: 0, expectedVersion: 1 },
      { number: 1, expectedVersion: 0, content: expect.objectContaining({ samples: 1 }) },
    ]);
    expect(() => addToDay(blocks, [aSample()], { ...limits, maxBlocks: 1 })).toThrow(
      expect.objectContaining({ kind: 'invalid-input' }),
    );
  });

  it('takes the largest batch of ordinary samples, and refuses what no transaction could hold', () => {
    const tenThousand = someMinutes(day, 10_000).map((sample) => ({
      ...sample,
      start: '2026-03-02T12:00:00Z',
    }));
    const { writes } = addToDay([], tenThousand, defaultBlockLimits);
    expect(writes.every(({ content }) => content && content.bytes.length <= 350 * 1024)).toBe(true);
    const limits = { maxBytes: 300, maxSamples: 100, maxBlocks: 1000 };
    expect(() => addToDay([], someMinutes(day, 1000), limits)).toThrow(
      expect.objectContaining({ kind: 'invalid-input' }),
    );
  });
});
