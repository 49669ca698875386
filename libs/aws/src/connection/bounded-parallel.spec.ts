import { setTimeout as sleep } from 'node:timers/promises';
import { boundedParallel } from './bounded-parallel';

const numbers = Array.from({ length: 20 }, (_, n) => n);

describe('bounded parallel calls', () => {
  it('keep the order of the items and the limit', async () => {
    let [running, most] = [0, 0];
    const results = await boundedParallel(numbers, 3, async (n) => {
      most = Math.max(most, ++running);
      await sleep((n * 7) % 5);
      running--;
      return n * 2;
    });
    expect(results).toEqual(numbers.map((n) => n * 2));
    expect(most).toBe(3);
  });

  it('start nothing after a failure, abort what runs, and end together with it', async () => {
    const started: number[] = [];
    let aborted = 0;
    const calls = boundedParallel(numbers, 4, async (n, signal) => {
      started.push(n);
      if (n === 1) throw new Error('one failed');
      await sleep(10_000, undefined, { signal }).catch(() => aborted++);
    });
    await expect(calls).rejects.toThrow('one failed');
    expect(started).toEqual([0, 1, 2, 3]);
    expect(aborted).toBe(3);
  });

  it('are aborted by the caller too', async () => {
    const caller = new AbortController();
    const calls = boundedParallel(
      numbers,
      2,
      (_, signal) => sleep(10_000, undefined, { signal }),
      caller.signal,
    );
    caller.abort();
    await expect(calls).rejects.toThrow('aborted');
  });
});
