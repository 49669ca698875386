import { timed, type TimedSample } from '@clarity/domain';
import { aUser, someMinutes } from '@clarity/domain/testing';
import type { Block } from '../sample-blocks/block';
import { encodeBlock } from '../sample-blocks/block-codec';
import { positionOf } from '../sample-blocks/position';
import { blockRuns } from './block-runs';
import type { BlockStore } from './block-store';

const day = Date.UTC(2026, 2, 2);
const minutes = someMinutes(day, 4).map(timed);
const series = { userId: aUser(), type: 'activity_count' } as const;
const everything = { after: { instant: day, id: '' }, to: day + 86_400_000, wanted: 100 };

const half = async (from: number, to: number): Promise<Block> => ({
  lower: from === 0 ? undefined : positionOf(minutes[from - 1]!),
  upper: to === 4 ? undefined : positionOf(minutes[to - 1]!),
  version: 'v',
  followed: to < 4,
  data: await encodeBlock(minutes.slice(from, to)),
});

/** A store that shows the second half of a block that was just cut only at the n-th look. */
function cuttingStore(visibleAt: number): BlockStore {
  let looks = 0;
  return {
    lastBefore: async () => half(0, 2),
    beginningIn: async () => (++looks < visibleAt ? [] : [await half(2, 4)]),
    write: async () => undefined,
  };
}

async function read(store: BlockStore): Promise<TimedSample[]> {
  const found: TimedSample[] = [];
  for await (const run of blockRuns(store, series, everything, {})) found.push(...run);
  return found;
}

describe('reading a series while a block is cut in two', () => {
  it.each([1, 2, 4])('finds every sample if both halves are visible at look %d', async (look) => {
    expect(await read(cuttingStore(look))).toEqual(minutes);
  });

  it('is unavailable rather than incomplete if the second half stays away', async () => {
    await expect(read(cuttingStore(Infinity))).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
