import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requestLimit, type RequestLimit } from '../limits/request-limit';
import type { Pseudonyms } from '../security-log/pseudonyms';
import { noteForSecurityLog } from '../security-log/security-events';
import { recentKeys } from './recent-keys';

const timeWindow = 5 * 60_000;
/** Attempts of one address at one account in a window. */
const perAddress = 10;
/** Attempts at one account in a window, from all addresses without a log-in to it before. */
const fromStrangers = 20;
const familiarAddresses = 20_000;

export interface AccountLimit {
  /** For routes whose body names an account by `email`, once that body is valid. */
  readonly beforeAttempt: RequestLimit;
  /** The address of the request is one of the account's own from now on. */
  loggedIn(request: FastifyRequest): void;
}

/**
 * Slows down guessing at one account from many addresses, without a lock that a stranger could close:
 * one address cannot use up the attempts of all others, an address from which the owner logged in before
 * has attempts of its own, a window ends after five minutes however many are refused, and tokens that the
 * owner holds go on working. Attempts count whether or not the account exists and whether or not they
 * succeed, so the answers tell nothing. Each operation has its own count. Counts are per process; across
 * processes Cognito's own lock holds, which grows from one second after five failures to 15 minutes.
 */
export function limitAccountAttempts(app: FastifyInstance, names: Pseudonyms): AccountLimit {
  const account = (request: FastifyRequest) =>
    names.account((request.body as { readonly email: string }).email);
  const pair = (request: FastifyRequest) => `${account(request)} ${names.address(request.ip)}`;
  const operation = (request: FastifyRequest) => request.routeOptions.url ?? '';
  const familiar = recentKeys(familiarAddresses);
  const byPair = requestLimit(app, 'account', {
    max: perAddress,
    timeWindow,
    keyGenerator: (request) => `${operation(request)} ${pair(request)}`,
  });
  const byAccount = requestLimit(app, 'account', {
    max: fromStrangers,
    timeWindow,
    keyGenerator: (request) => `${operation(request)} ${account(request)}`,
  });
  return {
    async beforeAttempt(request, reply) {
      noteForSecurityLog(request, { account: account(request) });
      await byPair(request, reply);
      if (!familiar.has(pair(request))) await byAccount(request, reply);
    },
    loggedIn: (request) => familiar.add(pair(request)),
  };
}
