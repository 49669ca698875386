import { randomBytes } from 'node:crypto';
import type { Permissions, TokenHolder } from '../../contract';
import { Refusal } from '../refusal';

/** Who writes what a job writes. */
export const actionsBot = 'github-actions[bot]';

/** Who calls. */
export interface Caller {
  readonly login: string;
  /** undefined for a person, who may everything. */
  readonly permissions: Permissions | undefined;
  readonly token: string;
}

export interface Tokens {
  issue(holder: TokenHolder): string;
  issueToPerson(login: string): string;
  revoke(token: string): void;
  /** For whom a job's token was made. */
  holder(token: string): TokenHolder | undefined;
  /** @throws Refusal 401 */
  caller(authorization: string | undefined): Caller;
}

export function newTokens(): Tokens {
  const jobs = new Map<string, TokenHolder>();
  const people = new Map<string, string>();
  const random = (prefix: string) => `${prefix}_${randomBytes(27).toString('base64url')}`;
  return {
    issue(holder) {
      const token = random('ghs');
      jobs.set(token, holder);
      return token;
    },
    issueToPerson(login) {
      const token = random('ghp');
      people.set(token, login);
      return token;
    },
    revoke(token) {
      jobs.delete(token);
      people.delete(token);
    },
    holder: (token) => jobs.get(token),
    caller(authorization) {
      const token = /^(?:token|bearer) (\S+)$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) throw new Refusal(401, 'Requires authentication');
      const person = people.get(token);
      if (person !== undefined) return { login: person, permissions: undefined, token };
      const job = jobs.get(token);
      if (!job) throw new Refusal(401, 'Bad credentials');
      return { login: actionsBot, permissions: job.permissions, token };
    },
  };
}
