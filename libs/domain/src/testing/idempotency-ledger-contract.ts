import { randomUUID } from 'node:crypto';
import type { HeldClaim, IdempotencyLedger, RecordedAnswer } from '../ports/idempotency-ledger';
import type { UserId } from '../ids';
import { aUser } from './builders';

const now = Date.UTC(2026, 2, 2, 12);
const second = 1000;
const hour = 3_600_000;
const answer: RecordedAnswer = {
  status: 202,
  headers: { location: '/v1/analyses/1', 'retry-after': '2' },
  body: '{"id":"1","note":"Ünïcödé 🙂"}',
};

/** The answer to 10,000 samples of which many are rejected, each for other reasons. */
export function fullBatchAnswer(): object {
  const outcomes = Array.from({ length: 10_000 }, (_, n) => {
    const kind = (n * 7_919) % 10;
    if (kind < 5) return { outcome: 'created' };
    if (kind < 8) return { outcome: 'duplicate' };
    const errors = [
      { pointer: '/value', detail: `must be a number from ${kind} to ${kind * 1_000}` },
      { pointer: `/field${n % 50}`, detail: 'is not a field of a sample' },
    ];
    return { outcome: 'rejected', errors };
  });
  return { created: 5_000, duplicates: 3_000, rejected: 2_000, outcomes };
}

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
    const claimed = { state: 'claimed', claimId: expect.any(String) };
    const win = async (
      [userId, key]: readonly [UserId, string],
      at: number = now,
    ): Promise<HeldClaim> => {
      const claim = await ledger.claim(userId, key, 'f', at);
      if (claim.state !== 'claimed') throw new Error(`The claim is ${claim.state}.`);
      return { userId, key, claimId: claim.claimId };
    };

    it('lets the first caller work and tells the second to wait', async () => {
      const key = aKey();
      expect(await ledger.claim(...key, 'f', now)).toEqual(claimed);
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
      const claim = await win(key);
      await ledger.settle(claim, answer, now);
      const replay = { state: 'answered', answer };
      expect(await ledger.claim(...key, 'f', now + 1)).toEqual(replay);
      expect(await ledger.claim(...key, 'f', now + 24 * hour - second)).toEqual(replay);
      expect(await ledger.claim(...key, 'f', now + 24 * hour + second)).toEqual(claimed);
      expect(await ledger.claim(...key, 'g', now + 24 * hour + 2 * second)).toEqual({
        state: 'different-request',
      });
    });

    it('refuses another request under the same key, in flight and answered', async () => {
      const key = aKey();
      const claim = await win(key);
      expect(await ledger.claim(...key, 'g', now)).toEqual({ state: 'different-request' });
      await ledger.settle(claim, answer, now);
      expect(await ledger.claim(...key, 'g', now)).toEqual({ state: 'different-request' });
    });

    it('lets someone else try after release', async () => {
      const key = aKey();
      await ledger.release(await win(key));
      expect(await ledger.claim(...key, 'g', now)).toEqual(claimed);
    });

    it('does not release what is answered', async () => {
      const key = aKey();
      const claim = await win(key);
      await ledger.settle(claim, answer, now);
      await ledger.release(claim);
      expect(await ledger.claim(...key, 'f', now)).toEqual({ state: 'answered', answer });
    });

    it('frees a claim that is not settled after a minute', async () => {
      const key = aKey();
      await ledger.claim(...key, 'f', now);
      expect(await ledger.claim(...key, 'g', now + 61 * second)).toEqual(claimed);
      expect(await ledger.claim(...key, 'g', now + 62 * second)).toEqual({ state: 'in-flight' });
    });

    it('keeps the first answer', async () => {
      const key = aKey();
      const claim = await win(key);
      await ledger.settle(claim, answer, now);
      await ledger.settle(claim, { ...answer, status: 500 }, now);
      expect(await ledger.claim(...key, 'f', now)).toEqual({ state: 'answered', answer });
    });

    it('records no answer without a claim', async () => {
      const [userId, key] = aKey();
      const made = { userId, key, claimId: randomUUID() };
      await ledger.settle(made, answer, now);
      await ledger.release(made);
      expect(await ledger.claim(userId, key, 'f', now)).toEqual(claimed);
    });

    it('lets a claim that lapsed neither settle nor release the one that came after it', async () => {
      const key = aKey();
      const late = await win(key);
      const current = await win(key, now + 61 * second);
      await ledger.settle(late, { ...answer, status: 418 }, now + 62 * second);
      await ledger.release(late);
      const inFlight = { state: 'in-flight' };
      expect(await ledger.claim(...key, 'f', now + 63 * second)).toEqual(inFlight);
      await ledger.settle(current, answer, now + 64 * second);
      const replay = { state: 'answered', answer };
      expect(await ledger.claim(...key, 'f', now + 65 * second)).toEqual(replay);
    });

    it('keeps users apart', async () => {
      const [userId, key] = aKey();
      await ledger.claim(userId, key, 'f', now);
      expect(await ledger.claim(aUser(), key, 'g', now)).toEqual(claimed);
    });

    it('does not let a claim that lapsed release the one after it, nor undo its answer', async () => {
      const key = aKey();
      const late = await win(key);
      const current = await win(key, now + 61 * second);
      await ledger.release(late);
      await ledger.settle(current, answer, now + 62 * second);
      await ledger.settle(late, { ...answer, status: 418 }, now + 63 * second);
      await ledger.release(late);
      const replay = { state: 'answered', answer };
      expect(await ledger.claim(...key, 'f', now + 64 * second)).toEqual(replay);
    });

    it('takes the answer of a claim that lapsed if no other came after it', async () => {
      const key = aKey();
      const late = await win(key);
      await ledger.settle(late, answer, now + 90 * second);
      const replay = { state: 'answered', answer };
      expect(await ledger.claim(...key, 'f', now + 91 * second)).toEqual(replay);
    });

    it('gives one of several that race for a lapsed claim the right to settle', async () => {
      const key = aKey();
      const late = await win(key);
      const claims = await Promise.all(
        Array.from({ length: 6 }, () => ledger.claim(...key, 'f', now + 61 * second)),
      );
      const winners = claims.filter(({ state }) => state === 'claimed');
      expect(winners).toEqual([claimed]);
      expect(winners).not.toContainEqual(expect.objectContaining({ claimId: late.claimId }));
    });

    it('keeps an answer to a full batch of 10,000 samples', async () => {
      const key = aKey();
      const large = { ...answer, body: JSON.stringify(fullBatchAnswer()) };
      const claim = await win(key);
      await ledger.settle(claim, large, now);
      expect(await ledger.claim(...key, 'f', now)).toEqual({ state: 'answered', answer: large });
    });
  });
}
