import type { UserId } from '../ids';
import type { CallOptions } from './call-options';

export interface Tokens {
  readonly accessToken: string;
  readonly idToken: string;
  /** Absent after a refresh: the old one stays valid. */
  readonly refreshToken?: string;
  readonly expiresInSeconds: number;
}

export interface Principal {
  readonly userId: UserId;
  readonly groups: readonly string[];
}

/**
 * Accounts and tokens. Errors are DomainErrors that do not tell whether an account exists:
 * `unauthenticated` (wrong credentials, expired or forged token), `unconfirmed`, `conflict` (mail
 * address taken), `invalid-input` (password policy, wrong code; with pointers `/password` and `/code`),
 * `too-many-requests`, `unavailable`.
 */
export interface AuthProvider {
  register(
    account: { email: string; password: string },
    options?: CallOptions,
  ): Promise<{ userId: UserId }>;
  confirm(confirmation: { email: string; code: string }, options?: CallOptions): Promise<void>;
  login(credentials: { email: string; password: string }, options?: CallOptions): Promise<Tokens>;
  refresh(refreshToken: string, options?: CallOptions): Promise<Tokens>;
  /** Verifies signature, issuer, client, use and expiry of an access token. */
  verify(accessToken: string, options?: CallOptions): Promise<Principal>;
  ping(options?: CallOptions): Promise<void>;
}
