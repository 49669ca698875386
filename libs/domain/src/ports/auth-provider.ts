import { DomainError } from '../errors';
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
 * Why a token is refused, for the security log: it is not a token at all, no key of ours signed it, its
 * time is over, or it has a claim that this service does not accept (issuer, client, use, subject, critical
 * headers).
 */
export type TokenRefusal = 'malformed' | 'signature' | 'expired' | 'contents';

/** Clients get the same answer for every reason; nothing of the token is in it. */
export class TokenRefused extends DomainError {
  constructor(
    readonly reason: TokenRefusal,
    options?: ErrorOptions,
  ) {
    super('unauthenticated', 'The access token is not valid.', options);
  }
}

/**
 * Accounts and tokens. Errors are DomainErrors that do not tell whether an account exists:
 * `unauthenticated` (wrong credentials, expired or forged token), `unconfirmed`, `invalid-input`
 * (password policy, wrong code; with pointers `/password` and `/code`), `too-many-requests`,
 * `unavailable`.
 */
export interface AuthProvider {
  /**
   * Creates an account that waits for its confirmation. If the mail address is taken, the account that
   * has it stays as it is and the call resolves all the same; a password that the policy forbids is
   * refused in both cases. So the caller learns nothing, and there is no id to return: the owner of the
   * address finds out by mail, and the user id is the subject of the tokens.
   */
  register(account: { email: string; password: string }, options?: CallOptions): Promise<void>;
  confirm(confirmation: { email: string; code: string }, options?: CallOptions): Promise<void>;
  login(credentials: { email: string; password: string }, options?: CallOptions): Promise<Tokens>;
  refresh(refreshToken: string, options?: CallOptions): Promise<Tokens>;
  /**
   * Verifies signature, issuer, client, use and expiry of an access token.
   * @throws TokenRefused; DomainError `unavailable` if there are no keys to check with
   */
  verify(accessToken: string, options?: CallOptions): Promise<Principal>;
  ping(options?: CallOptions): Promise<void>;
}
