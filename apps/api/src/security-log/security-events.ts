import type { TokenRefusal } from '@clarity/domain';
import type { FastifyRequest } from 'fastify';

/** Every event of the security log; docs/runbook.md tells what to do with them. */
export type SecurityEvent =
  | 'registered'
  | 'registration-failed'
  | 'confirmed'
  | 'confirmation-failed'
  | 'login-succeeded'
  | 'login-failed'
  | 'tokens-refreshed'
  | 'refresh-failed'
  | 'token-missing'
  | 'token-refused'
  | 'forbidden'
  | 'rate-limited';

/** What a request found out about itself for its line in the log. */
export interface SecurityNotes {
  /** Pseudonym of the account that the request names. */
  readonly account?: string;
  /** Why its token was refused. */
  readonly refusal?: TokenRefusal;
  /** Which of this service's limits it ran into; none if it was the identity provider's. */
  readonly limit?: 'address' | 'user' | 'account';
}

export function noteForSecurityLog(request: FastifyRequest, notes: SecurityNotes): void {
  request.securityNotes = { ...request.securityNotes, ...notes };
}

/** @returns the event that an answer is, if it is one */
export function securityEventOf(
  request: FastifyRequest,
  status: number,
): SecurityEvent | undefined {
  if (status === 429) return 'rate-limited';
  const own = request.routeOptions.config.securityEvents;
  if (own !== undefined) {
    if (status < 400) return own.success;
    // What does not fit the contract never became an attempt at an account.
    return status === 400 && request.securityNotes?.account === undefined ? undefined : own.failure;
  }
  if (status === 401)
    return request.headers.authorization === undefined ? 'token-missing' : 'token-refused';
  return status === 403 ? 'forbidden' : undefined;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What it means for the security log that this route succeeds or fails. */
    securityEvents?: { readonly success: SecurityEvent; readonly failure: SecurityEvent };
  }
  interface FastifyRequest {
    securityNotes: SecurityNotes | null;
  }
}
