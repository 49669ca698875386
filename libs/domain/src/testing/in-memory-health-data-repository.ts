import { isDeepStrictEqual } from 'node:util';
import { hasEnded, type Analysis } from '../analysis';
import { DomainError } from '../errors';
import type { UserId } from '../ids';
import type { HealthDataRepository, Page } from '../ports/health-data-repository';
import type { Sample, TimedSample } from '../sample';
import { faults, type FaultInjection } from './fault-injection';
import { decodePosition, encodePosition } from './page-cursor';

export interface InMemoryHealthDataRepository extends HealthDataRepository, FaultInjection {
  /** All samples of a user in no particular order, past paging. */
  samplesOf(userId: UserId): readonly Sample[];
  analysesOf(userId: UserId): readonly Analysis[];
}

interface Account {
  /** By id: nearly always one sample each. */
  readonly samples: Map<string, TimedSample[]>;
  readonly analyses: Map<string, Analysis>;
}

export interface HealthDataOptions {
  /**
   * A user who has more samples than this loses them all: for measurements, in which it is not to be
   * measured how a heap grows.
   */
  readonly forgetAfter?: number;
}

export function inMemoryHealthDataRepository({
  forgetAfter = Infinity,
}: HealthDataOptions = {}): InMemoryHealthDataRepository {
  const accounts = new Map<UserId, Account>();
  const { check, failNext, slowDown } = faults('health data');
  const account = (userId: UserId): Account => {
    const found = accounts.get(userId) ?? { samples: new Map(), analyses: new Map() };
    accounts.set(userId, found);
    return found;
  };

  return {
    failNext,
    slowDown,
    samplesOf: (userId) => [...account(userId).samples.values()].flat().map(({ sample }) => sample),
    analysesOf: (userId) => [...account(userId).analyses.values()],

    async addSamples(userId, samples, options) {
      await check(options);
      const stored = account(userId).samples;
      if (stored.size > forgetAfter) stored.clear();
      return samples.map((timed) => {
        const ofId = stored.get(timed.sample.id);
        if (ofId?.some((other) => isSame(timed, other))) return 'duplicate';
        if (ofId) ofId.push(timed);
        else stored.set(timed.sample.id, [timed]);
        return 'created';
      });
    },

    async findSamples(userId, { type, from, to, limit, after }, options) {
      await check(options);
      const position = after === undefined ? undefined : decodePosition(after);
      const found = [...account(userId).samples.values()]
        .flat()
        .filter(({ sample, start }) => sample.type === type && start >= from && start < to)
        .sort((a, b) => compareTo(a, [b.start, b.sample.id]))
        .filter((each) => !position || compareTo(each, position) > 0);
      const { items, ...next } = page(found, limit, ({ start, sample }) => [start, sample.id]);
      return { items: items.map(({ sample }) => sample), ...next };
    },

    async createAnalysis(analysis, options) {
      await check(options);
      const { analyses } = account(analysis.userId);
      const earlier = analyses.get(analysis.id);
      if (earlier && !isDeepStrictEqual(earlier, analysis))
        throw new DomainError('conflict', 'An analysis with this id exists.');
      analyses.set(analysis.id, { ...analysis });
    },

    async findAnalysis(userId, id, options) {
      await check(options);
      return account(userId).analyses.get(id);
    },

    async listAnalyses(userId, { limit, after }, options) {
      await check(options);
      const position = after === undefined ? undefined : String(decodePosition(after)[0]);
      const found = [...account(userId).analyses.values()]
        .filter(({ id }) => position === undefined || id < position)
        .sort((a, b) => (a.id < b.id ? 1 : -1));
      return page(found, limit, (last) => [last.id]);
    },

    async findQueued(before, limit, options) {
      await check(options);
      return [...accounts.values()]
        .flatMap(({ analyses }) => [...analyses.values()])
        .filter((analysis) => !hasEnded(analysis) && analysis.requestedAt < before)
        .sort((a, b) => (a.requestedAt < b.requestedAt ? -1 : 1))
        .slice(0, limit)
        .map(({ userId, id }) => ({ userId, id }));
    },

    async endAnalysis(userId, id, outcome, options) {
      await check(options);
      const { analyses } = account(userId);
      const analysis = analyses.get(id);
      if (!analysis) throw new DomainError('not-found', 'There is no such analysis.');
      if (hasEnded(analysis)) return 'already-ended';
      analyses.set(id, { ...analysis, ...outcome });
      return 'recorded';
    },
  };
}

/** What makes two samples of one user and id the same. */
function isSame(a: TimedSample, b: TimedSample): boolean {
  return a.start === b.start && a.sample.type === b.sample.type;
}

function compareTo(
  { sample, start }: TimedSample,
  [otherStart, id]: readonly (string | number)[],
): number {
  const byStart = start - Number(otherStart);
  if (byStart !== 0) return byStart;
  return sample.id === id ? 0 : sample.id < String(id) ? -1 : 1;
}

function page<Item>(
  found: readonly Item[],
  limit: number,
  position: (last: Item) => readonly (string | number)[],
): Page<Item> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return found.length > limit && last !== undefined
    ? { items, next: encodePosition(position(last)) }
    : { items };
}
