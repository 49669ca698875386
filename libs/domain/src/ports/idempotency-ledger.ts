import type { UserId } from '../ids';
import type { CallOptions } from './call-options';

export interface RecordedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type IdempotencyClaim =
  /** This call does the work and then settles or releases the claim, which `claimId` names. */
  | { readonly state: 'claimed'; readonly claimId: string }
  | { readonly state: 'in-flight' }
  | { readonly state: 'different-request' }
  | { readonly state: 'answered'; readonly answer: RecordedAnswer };

/** A claim that this caller won. */
export interface HeldClaim {
  readonly userId: UserId;
  readonly key: string;
  readonly claimId: string;
}

/** Remembers answers by `Idempotency-Key`, so that a client may repeat a POST whose answer it never saw. */
export interface IdempotencyLedger {
  /**
   * @param fingerprint hash of method, path and body
   * @param now epoch milliseconds; an answer is kept 24 h, an unsettled claim one minute,
   *   which is more than twice what a request may take
   */
  claim(
    userId: UserId,
    key: string,
    fingerprint: string,
    now: number,
    options?: CallOptions,
  ): Promise<IdempotencyClaim>;
  /**
   * Records the answer under this very claim; does nothing if the claim lapsed and is another's now.
   * An answer too large to keep gives its claim up, so that a repeat does the work again.
   */
  settle(
    claim: HeldClaim,
    answer: RecordedAnswer,
    now: number,
    options?: CallOptions,
  ): Promise<void>;
  /** Gives up this very claim, whose work failed, so that the client may try again. */
  release(claim: HeldClaim, options?: CallOptions): Promise<void>;
}
