import { DomainError, timed } from '@clarity/domain';
import { aUser, someMinutes } from '@clarity/domain/testing';
import pLimit from 'p-limit';
import { defaultBlockLimits } from '../sample-blocks/place-samples';
import type { BlockStore } from './block-store';
import { seriesEnds } from './series-ends';
import { storeSamples } from './store-samples';

const minutes = someMinutes(Date.UTC(2026, 2, 2), 10).map(timed);
const series = { userId: aUser(), type: 'activity_count' } as const;

/** A store in which another writer wins `races` times. */
function contestedStore(races: number) {
  const calls = { reads: 0, writes: 0 };
  const store: BlockStore = {
    async lastBefore() {
      calls.reads++;
      return undefined;
    },
    beginningIn: async () => [],
    write: async (_series, _expected, contents) =>
      calls.writes++ < races ? undefined : contents.map((_, n) => `v${n}`),
  };
  return { store, calls };
}

async function add(store: BlockStore) {
  const waits: number[] = [];
  const wait = async (milliseconds: number) => waits.push(milliseconds);
  const ends = seriesEnds(10);
  const blocksAtOnce = pLimit(1);
  const storage = { store, limits: defaultBlockLimits, ends, blocksAtOnce, wait };
  const created = await storeSamples(storage, series, minutes, {});
  return { created, waits };
}

describe('storing samples', () => {
  it('costs one read and one write at the start of a series', async () => {
    const { store, calls } = contestedStore(0);
    expect((await add(store)).created.size).toBe(10);
    expect(calls).toEqual({ reads: 1, writes: 1 });
  });

  it('reads again before it tries again, waiting longer but never long', async () => {
    const { store, calls } = contestedStore(8);
    const { waits } = await add(store);
    expect([calls.reads, calls.writes, waits.length]).toEqual([9, 9, 8]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(1_000);
  });

  it('is unavailable if others keep winning', async () => {
    const { store, calls } = contestedStore(Infinity);
    await expect(add(store)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(calls.writes).toBeLessThan(20);
  });

  it('fails with the store, at once', async () => {
    const { store, calls } = contestedStore(0);
    const broken = { ...store, write: () => Promise.reject(new DomainError('unavailable', 'no')) };
    await expect(add(broken)).rejects.toMatchObject({ kind: 'unavailable', message: 'no' });
    expect(calls.reads).toBe(1);
  });
});
