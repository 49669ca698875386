import { randomUUID } from 'node:crypto';
import type { UserId } from '../ids';
import type { IdempotencyLedger, RecordedAnswer } from '../ports/idempotency-ledger';
import { faults, type FaultInjection } from './fault-injection';

export type InMemoryIdempotencyLedger = IdempotencyLedger & FaultInjection;

interface Entry {
  readonly claimId: string;
  readonly fingerprint: string;
  readonly expiresAt: number;
  readonly answer?: RecordedAnswer;
}

const claimLifetime = 60_000;
const answerLifetime = 24 * 3_600_000;

export function inMemoryIdempotencyLedger(): InMemoryIdempotencyLedger {
  const entries = new Map<string, Entry>();
  const { check, failNext, slowDown } = faults('idempotency ledger');
  const at = (userId: UserId, key: string) => JSON.stringify([userId, key]);

  return {
    failNext,
    slowDown,
    async claim(userId, key, fingerprint, now, options) {
      await check(options);
      const entry = entries.get(at(userId, key));
      if (!entry || entry.expiresAt <= now) {
        const claimId = randomUUID();
        entries.set(at(userId, key), { claimId, fingerprint, expiresAt: now + claimLifetime });
        return { state: 'claimed', claimId };
      }
      if (entry.fingerprint !== fingerprint) return { state: 'different-request' };
      return entry.answer ? { state: 'answered', answer: entry.answer } : { state: 'in-flight' };
    },
    async settle({ userId, key, claimId }, answer, now, options) {
      await check(options);
      const entry = entries.get(at(userId, key));
      if (entry?.claimId !== claimId || entry.answer) return;
      entries.set(at(userId, key), {
        claimId,
        fingerprint: entry.fingerprint,
        expiresAt: now + answerLifetime,
        answer: { ...answer },
      });
    },
    async release({ userId, key, claimId }, options) {
      await check(options);
      const entry = entries.get(at(userId, key));
      if (entry?.claimId === claimId && !entry.answer) entries.delete(at(userId, key));
    },
  };
}
