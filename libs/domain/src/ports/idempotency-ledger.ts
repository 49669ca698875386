import type { UserId } from '../ids';

export interface RecordedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type IdempotencyClaim =
  /** This call does the work and then settles or releases the claim. */
  | { readonly state: 'claimed' }
  | { readonly state: 'in-flight' }
  | { readonly state: 'different-request' }
  | { readonly state: 'answered'; readonly answer: RecordedAnswer };

/** Remembers answers by `Idempotency-Key`, so that a client may repeat a POST whose answer it never saw. */
export interface IdempotencyLedger {
  /**
   * @param fingerprint hash of method, path and body
   * @param now epoch milliseconds; an answer is kept 24 h, an unsettled claim one minute
   */
  claim(userId: UserId, key: string, fingerprint: string, now: number): Promise<IdempotencyClaim>;
  settle(userId: UserId, key: string, answer: RecordedAnswer, now: number): Promise<void>;
  /** Gives up a claim whose work failed, so that the client may try again. */
  release(userId: UserId, key: string): Promise<void>;
}
