import type { UserId } from '../ids';
import type { IdempotencyLedger, RecordedAnswer } from '../ports/idempotency-ledger';
import { faults, type FaultInjection } from './fault-injection';

export type InMemoryIdempotencyLedger = IdempotencyLedger & FaultInjection;

interface Entry {
  readonly fingerprint: string;
  readonly expiresAt: number;
  readonly answer?: RecordedAnswer;
}

const claimLifetime = 60_000;
const answerLifetime = 24 * 3_600_000;

export function inMemoryIdempotencyLedger(): InMemoryIdempotencyLedger {
  const entries = new Map<string, Entry>();
  const { check, failNext } = faults('idempotency ledger');
  const at = (userId: UserId, key: string) => JSON.stringify([userId, key]);

  return {
    failNext,
    async claim(userId, key, fingerprint, now) {
      check();
      const entry = entries.get(at(userId, key));
      if (!entry || entry.expiresAt <= now) {
        entries.set(at(userId, key), { fingerprint, expiresAt: now + claimLifetime });
        return { state: 'claimed' };
      }
      if (entry.fingerprint !== fingerprint) return { state: 'different-request' };
      return entry.answer ? { state: 'answered', answer: entry.answer } : { state: 'in-flight' };
    },
    async settle(userId, key, answer, now) {
      check();
      const entry = entries.get(at(userId, key));
      if (!entry || entry.answer) return;
      entries.set(at(userId, key), {
        fingerprint: entry.fingerprint,
        expiresAt: now + answerLifetime,
        answer: { ...answer },
      });
    },
    async release(userId, key) {
      check();
      if (!entries.get(at(userId, key))?.answer) entries.delete(at(userId, key));
    },
  };
}
