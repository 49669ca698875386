import { DomainError } from '@clarity/domain';
import { aUser, someMinutes } from '@clarity/domain/testing';
import { defaultBlockLimits } from '../day-blocks/add-to-day';
import { addSamples } from './add-samples';
import type { DayStore } from './day-store';

const day = Date.UTC(2026, 2, 2);

/** A store in which another writer wins `conflicts` times. */
function contestedStore(conflicts: number): DayStore & { reads: number; writes: number } {
  const store = {
    reads: 0,
    writes: 0,
    async read() {
      store.reads++;
      return [];
    },
    async write() {
      return store.writes++ < conflicts ? ('conflict' as const) : ('written' as const);
    },
  };
  return store;
}

describe('adding samples', () => {
  const add = async (store: DayStore, days = 1) => {
    const waits: number[] = [];
    const samples = someMinutes(day, days * 1440);
    const outcomes = await addSamples(store, defaultBlockLimits, aUser(), samples, async (ms) =>
      waits.push(ms),
    );
    return { outcomes, waits };
  };

  it('costs one read and one write a day', async () => {
    const store = contestedStore(0);
    const { outcomes } = await add(store, 7);
    expect(outcomes).toHaveLength(7 * 1440);
    expect([store.reads, store.writes]).toEqual([7, 7]);
  });

  it('reads again before it tries again, waiting longer but never long', async () => {
    const store = contestedStore(8);
    const { waits } = await add(store);
    expect([store.reads, store.writes, waits.length]).toEqual([9, 9, 8]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(1000);
  });

  it('says unavailable when others keep winning', async () => {
    const store = contestedStore(Infinity);
    await expect(add(store)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(store.writes).toBeLessThan(20);
  });

  it('finishes the other days before it reports that one failed', async () => {
    const store = contestedStore(0);
    const failing: DayStore = {
      async read(key) {
        if (key.date === '2026-03-02') throw new DomainError('unavailable', 'no');
        return store.read(key);
      },
      write: store.write,
    };
    await expect(add(failing, 3)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(store.writes).toBe(2);
  });
});
