import fc from 'fast-check';
import { batchPolicies, bucketFor, nextBatchStep } from './batch-policy';
import { dynamicBatcher, type Clock } from './dynamic-batcher';
import { isolateFailures } from './isolate-failures';

const { cuda, cpu } = batchPolicies;

describe('the policy', () => {
  test('a bucket holds its weeks, and no smaller one does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 32 }), (size) => {
        const bucket = bucketFor(size, cuda);
        expect(cuda.buckets).toContain(bucket);
        expect(bucket).toBeGreaterThanOrEqual(size);
        expect(bucket).toBeLessThan(2 * size);
      }),
    );
  });

  test.each([
    [0, 500, { kind: 'rest' }],
    [1, 0, { kind: 'wait', ms: 20 }],
    [31, 19, { kind: 'wait', ms: 1 }],
    [31, 20, { kind: 'run', size: 31 }],
    [32, 0, { kind: 'run', size: 32 }],
    [100, 50, { kind: 'run', size: 32 }],
  ])('on a GPU, %d waiting for %d ms: %o', (waiting, waited, step) => {
    expect(nextBatchStep(waiting, waited, cuda)).toEqual(step);
  });

  test('on a CPU a week runs alone and at once', () => {
    expect(nextBatchStep(3, 0, cpu)).toEqual({ kind: 'run', size: 1 });
  });
});

/** Time that passes only on demand. */
function virtualTime() {
  let now = 0;
  let timers: { at: number; call: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    after(ms, call) {
      const timer = { at: now + ms, call };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
  };
  /** Lets what promises wait for happen, then goes to the next timer, until there is none. */
  const toTheEnd = async () => {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = timers.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) return;
      timers = timers.filter((each) => each !== next);
      now = next.at;
      next.call();
    }
  };
  return { clock, toTheEnd };
}

const arrivals = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 90 });

test('every item runs once, in order, one batch at a time, and none waits idly too long', async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, fc.integer({ min: 1, max: 40 }), async (gaps, runMs) => {
      const { clock, toTheEnd } = virtualTime();
      const runs: { at: number; items: readonly number[] }[] = [];
      let busyUntil = 0;
      const submit = dynamicBatcher<number, number>(
        (items) => {
          expect(clock.now()).toBeGreaterThanOrEqual(busyUntil);
          runs.push({ at: clock.now(), items });
          busyUntil = clock.now() + runMs;
          return new Promise((resolve) =>
            clock.after(runMs, () => resolve(items.map((item) => -item))),
          );
        },
        cuda,
        clock,
      );
      const arrivedAt: number[] = [];
      const answers: Promise<number>[] = [];
      let at = 0;
      gaps.forEach((gap, item) => {
        at += gap;
        clock.after(at, () => {
          arrivedAt[item] = clock.now();
          answers[item] = submit(item);
        });
      });
      await toTheEnd();
      expect(await Promise.all(answers)).toEqual(gaps.map((_, item) => -item));
      expect(runs.flatMap(({ items }) => items)).toEqual(gaps.map((_, item) => item));
      runs.forEach(({ at: ranAt, items }, n) => {
        expect(items.length).toBeLessThanOrEqual(32);
        const free = n === 0 ? 0 : (runs[n - 1]?.at ?? 0) + runMs;
        const due = (arrivedAt[items[0] ?? 0] ?? 0) + cuda.flushAfterMs;
        expect(ranAt).toBeLessThanOrEqual(Math.max(free, due));
      });
    }),
    { numRuns: 60 },
  );
});

test('bisecting finds exactly the poison, in few runs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 32 }), async (poisonous) => {
      let runs = 0;
      const items = poisonous.map((poison, index) => ({ poison, index }));
      const settled = await isolateFailures(items, async (batch) => {
        runs++;
        if (batch.some(({ poison }) => poison)) throw new Error(`of ${batch.length}`);
        return batch.map(({ index }) => index);
      });
      expect(settled.map(({ status }) => status)).toEqual(
        poisonous.map((poison) => (poison ? 'rejected' : 'fulfilled')),
      );
      settled.forEach((each, index) => {
        if (each.status === 'fulfilled') expect(each.value).toBe(index);
        else expect((each.reason as Error).message).toBe('of 1');
      });
      const poison = poisonous.filter(Boolean).length;
      const depth = Math.ceil(Math.log2(Math.max(1, items.length)));
      expect(runs).toBeLessThanOrEqual(1 + 2 * depth * poison);
    }),
  );
});

test('a run with too few results fails', async () => {
  const settled = await isolateFailures([1, 2], async () => [1]);
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  const never = await isolateFailures([1, 2], async () => []);
  expect(never.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('a poison item fails alone, and what comes after it is answered', async () => {
  const submit = dynamicBatcher<string, string>(
    async (items) => {
      if (items.includes('poison')) throw new Error('kernel crashed');
      return items.map((item) => item.toUpperCase());
    },
    { buckets: [1, 2, 4], flushAfterMs: 1 },
  );
  const settled = await Promise.allSettled(['a', 'poison', 'b', 'c', 'd'].map(submit));
  expect(settled.map((each) => (each.status === 'fulfilled' ? each.value : 'failed'))).toEqual([
    'A',
    'failed',
    'B',
    'C',
    'D',
  ]);
});
