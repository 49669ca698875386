import { DomainError, type Sample, type UserId } from '@clarity/domain';
import { setTimeout as sleep } from 'node:timers/promises';
import { boundedParallel } from '../connection/bounded-parallel';
import { addToDay, type BlockLimits } from '../day-blocks/add-to-day';
import { timed, utcDate } from '../day-blocks/sample-order';
import type { DayKey, DayStore } from './day-store';

type Outcome = 'created' | 'duplicate';

const daysAtOnce = 8;
/** Of 20 writers of one day each wins well before this; more of them is a client gone wrong. */
const maxTries = 15;
const firstBackoff = 20;
const longestBackoff = 1_000;

/**
 * Merges samples into their days: one read and one write for each type and UTC day touched, again
 * where another writer was faster.
 * @param wait milliseconds; a test passes one that does not
 */
export async function addSamples(
  store: DayStore,
  limits: BlockLimits,
  userId: UserId,
  samples: readonly Sample[],
  wait: (milliseconds: number) => Promise<unknown> = sleep,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  await boundedParallel(groupByDay(userId, samples), daysAtOnce, async ({ day, places }) => {
    const additions = places.map((place) => samples[place]).filter((each) => each !== undefined);
    const added = await addWithRetry(store, limits, day, additions, wait);
    places.forEach((place, n) => (outcomes[place] = added[n] ?? 'created'));
  });
  return outcomes;
}

async function addWithRetry(
  store: DayStore,
  limits: BlockLimits,
  day: DayKey,
  additions: readonly Sample[],
  wait: (milliseconds: number) => Promise<unknown>,
): Promise<readonly Outcome[]> {
  for (let attempt = 0; attempt < maxTries; attempt++) {
    // Full jitter: writers that collided once are spread out, not sent into the next collision.
    if (attempt > 0)
      await wait(Math.random() * Math.min(longestBackoff, firstBackoff * 2 ** attempt));
    const { outcomes, writes } = addToDay(await store.read(day), additions, limits);
    if (writes.length === 0 || (await store.write(day, writes)) === 'written') return outcomes;
  }
  throw new DomainError('unavailable', 'Too many writers add to the same day; try again.');
}

function groupByDay(
  userId: UserId,
  samples: readonly Sample[],
): { readonly day: DayKey; readonly places: number[] }[] {
  const groups = new Map<string, { day: DayKey; places: number[] }>();
  samples.forEach((sample, place) => {
    const date = utcDate(timed(sample).instant);
    const name = `${sample.type}#${date}`;
    const group = groups.get(name) ?? { day: { userId, type: sample.type, date }, places: [] };
    groups.set(name, group);
    group.places.push(place);
  });
  return [...groups.values()];
}
