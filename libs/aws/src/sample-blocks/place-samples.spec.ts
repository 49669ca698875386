import { timed, type TimedSample } from '@clarity/domain';
import { aSample, someMinutes } from '@clarity/domain/testing';
import fc from 'fast-check';
import { blockToCome, type Block } from './block';
import { encodeBlock } from './block-codec';
import { countForOneWrite, defaultBlockLimits, placeSamples } from './place-samples';
import { compareSamples, positionOf } from './position';

const day = Date.UTC(2026, 2, 2);
const minutes = someMinutes(day, 200).map(timed);
const subset = fc.subarray(minutes);

async function storedBlock(samples: readonly TimedSample[], closed: boolean): Promise<Block> {
  return {
    lower: undefined,
    upper: closed ? positionOf(minutes.at(-1)!) : undefined,
    version: 'v1',
    followed: closed,
    data: await encodeBlock(samples),
  };
}

describe('placing samples', () => {
  it('covers the same stretch with every sample once, within the limits', async () => {
    const limits = fc.record({
      maxBytes: fc.integer({ min: 250, max: 4_000 }),
      maxSamples: fc.integer({ min: 1, max: 150 }),
      smallBlock: fc.integer({ min: 200, max: 800 }),
      openBlock: fc.integer({ min: 0, max: 400 }),
    });
    await fc.assert(
      fc.asyncProperty(subset, subset, fc.boolean(), limits, async (old, added, closed, limit) => {
        const block = old.length > 0 ? await storedBlock(old, closed) : blockToCome(undefined);
        const { fresh, contents, atomic } = await placeSamples(block, added, limit);
        expect(fresh).toEqual(added.filter((each) => !old.includes(each)));
        if (fresh.length === 0) return expect(contents).toEqual([]);

        const all = [...new Set([...old, ...added])].sort(compareSamples);
        expect(contents.flatMap(({ samples }) => samples)).toEqual(all);
        expect(contents[0]!.lower).toEqual(block.lower);
        for (const [n, { upper, samples, data, followed }] of contents.entries()) {
          const next = contents[n + 1];
          if (next) expect(upper).toEqual(next.lower);
          expect(data.length <= limit.maxBytes || samples.length === 1).toBe(true);
          expect(samples.length).toBeLessThanOrEqual(limit.maxSamples);
          expect(followed).toBe(next ? atomic : block.followed);
        }
        if (block.upper) expect(contents.at(-1)!.upper).toEqual(block.upper);
        // One by one, no stored sample may be missing in between.
        const first = new Set(contents[0]!.samples.map(({ sample }) => sample.id));
        if (!atomic && contents.length > 1)
          expect(block.upper === undefined && old.every(({ sample }) => first.has(sample.id))).toBe(
            true,
          );
      }),
      { numRuns: 400 },
    );
  });

  it('appends at the end while one write unit holds it, then closes the block', async () => {
    let block = blockToCome(undefined);
    let writes = 0;
    for (const minute of minutes) {
      const { contents } = await placeSamples(block, [minute], defaultBlockLimits);
      expect(contents).toHaveLength(1);
      const { data, upper } = contents[0]!;
      expect(data.length).toBeLessThanOrEqual(defaultBlockLimits.openBlock);
      writes++;
      if (upper) break;
      block = { ...block, version: `v${writes}`, data };
    }
    expect(writes).toBeGreaterThan(30);
  });

  it('cuts a full block into small ones for a few samples, and rewrites it for many', async () => {
    const full = someMinutes(day, 1_000).map(timed);
    const block: Block = { ...(await storedBlock(full, true)), upper: positionOf(full.at(-1)!) };
    const between = full.map(({ sample }) => timed(aSample({ start: sample.start })));
    const few = await placeSamples(block, between.slice(500, 501), defaultBlockLimits);
    expect(few.atomic).toBe(true);
    for (const { data } of few.contents) expect(data.length).toBeLessThan(2_048);
    const many = await placeSamples(block, between.slice(0, 400), defaultBlockLimits);
    expect(many.contents).toHaveLength(1);
  });

  it('takes no more at once than a transaction holds, however long the names are', async () => {
    const hostile = Array.from({ length: 10_000 }, (_, n) =>
      timed(aSample({ source: `${n}`.padStart(128, '€'), device: `${n}`.padEnd(128, '€') })),
    ).sort(compareSamples);
    const some = hostile.slice(0, countForOneWrite(hostile, defaultBlockLimits));
    const { contents } = await placeSamples(blockToCome(undefined), some, defaultBlockLimits);
    expect(contents.length).toBeLessThan(100);
    const bytes = contents.reduce((sum, { data }) => sum + data.length, 0);
    expect(bytes).toBeLessThan(4 * 1024 * 1024);
  });
});
