import { randomUUID } from 'node:crypto';
import type { IdempotencyLedger, RecordedAnswer } from '../ports/idempotency-ledger';
import { aUser } from './builders';

const now = Date.UTC(2026, 2, 2, 12);
const second = 1000;
const hour = 3_600_000;
const answer: RecordedAnswer = {
  status: 202,
  headers: { location: '/v1/analyses/1', 'retry-after': '2' },
  body: '{"id":"1","note":"Ünïcödé 🙂"}',
};

/** What every IdempotencyLedger has to do. Time is an argument: nothing here waits. */
export function describeIdempotencyLedger(
  name: string,
  factory: () => IdempotencyLedger | Promise<IdempotencyLedger>,
): void {
  describe(`${name} as an IdempotencyLedger`, () => {
    let ledger: IdempotencyLedger;
    beforeAll(async () => {
      ledger = await factory();
    });
    const aKey = () => [aUser(), randomUUID()] as const;

    it('lets the first caller work and tells the second to wait', async () => {
      const key = aKey();
      expect(await ledger.claim(...key, 'f', now)).toEqual({ state: 'claimed' });
      expect(await ledger.claim(...key, 'f', now + 59 * second)).toEqual({ state: 'in-flight' });
    });

    it('grants a claim to one of several that race', async () => {
      const key = aKey();
      const claims = await Promise.all(
        Array.from({ length: 6 }, () => ledger.claim(...key, 'f', now)),
      );
      expect(claims.map(({ state }) => state).toSorted()).toEqual([
        'claimed',
        ...new Array<string>(5).fill('in-flight'),
      ]);
    });

    it('replays a settled answer for 24 hours', async () => {
      const key = aKey();
      await ledger.claim(...key, 'f', now);
      await ledger.settle(...key, answer, now);
      const replay = { state: 'answered', answer };
      expect(await ledger.claim(...key, 'f', now + 1)).toEqual(replay);
      expect(await ledger.claim(...key, 'f', now + 24 * hour - second)).toEqual(replay);
      expect(await ledger.claim(...key, 'f', now + 24 * hour + second)).toEqual({
        state: 'claimed',
      });
      expect(await ledger.claim(...key, 'g', now + 24 * hour + 2 * second)).toEqual({
        state: 'different-request',
      });
    });

    it('refuses another request under the same key, in flight and answered', async () => {
      const key = aKey();
      await ledger.claim(...key, 'f', now);
      expect(await ledger.claim(...key, 'g', now)).toEqual({ state: 'different-request' });
      await ledger.settle(...key, answer, now);
      expect(await ledger.claim(...key, 'g', now)).toEqual({ state: 'different-request' });
    });

    it('lets someone else try after release', async () => {
      const key = aKey();
      await ledger.claim(...key, 'f', now);
      await ledger.release(...key);
      expect(await ledger.claim(...key, 'g', now)).toEqual({ state: 'claimed' });
    });

    it('does not release what is answered', async () => {
      const key = aKey();
      await ledger.claim(...key, 'f', now);
      await ledger.settle(...key, answer, now);
      await ledger.release(...key);
      expect(await ledger.claim(...key, 'f', now)).toEqual({ state: 'answered', answer });
    });

    it('frees a claim that nobody settled after a minute', async () => {
      const key = aKey();
      await ledger.claim(...key, 'f', now);
      expect(await ledger.claim(...key, 'g', now + 61 * second)).toEqual({ state: 'claimed' });
      expect(await ledger.claim(...key, 'g', now + 62 * second)).toEqual({ state: 'in-flight' });
    });

    it('keeps the first answer', async () => {
      const key = aKey();
      await ledger.claim(...key, 'f', now);
      await ledger.settle(...key, answer, now);
      await ledger.settle(...key, { ...answer, status: 500 }, now);
      expect(await ledger.claim(...key, 'f', now)).toEqual({ state: 'answered', answer });
    });

    it('records no answer without a claim', async () => {
      const key = aKey();
      await ledger.settle(...key, answer, now);
      await ledger.release(...key);
      expect(await ledger.claim(...key, 'f', now)).toEqual({ state: 'claimed' });
    });

    it('keeps users apart', async () => {
      const [userId, key] = aKey();
      await ledger.claim(userId, key, 'f', now);
      expect(await ledger.claim(aUser(), key, 'g', now)).toEqual({ state: 'claimed' });
    });

    it('keeps an answer to a batch of 10,000 samples', async () => {
      const key = aKey();
      const outcomes = Array.from({ length: 10_000 }, () => ({
        id: randomUUID(),
        outcome: 'created',
      }));
      const large = { ...answer, body: JSON.stringify(outcomes) };
      await ledger.claim(...key, 'f', now);
      await ledger.settle(...key, large, now);
      expect(await ledger.claim(...key, 'f', now)).toEqual({ state: 'answered', answer: large });
    });
  });
}
