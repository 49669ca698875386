import type { CreateRateLimitOptions, RateLimitOptions } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem';
import { noteForSecurityLog, type SecurityNotes } from '../security-log/security-events';

/** Counts a request. @throws Problem `too-many-requests` for one too many, with the time to wait */
export type RequestLimit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/** Keys that one limit counts at a time, about 500 bytes each; the least recently used is forgotten. */
const counted = 20_000;

/**
 * One limit over all requests that are passed to it. Needs the plugin @fastify/rate-limit.
 * @param limit its name in the security log
 */
export function requestLimit(
  app: FastifyInstance,
  limit: NonNullable<SecurityNotes['limit']>,
  options: CreateRateLimitOptions,
): RequestLimit {
  const bounded: RateLimitOptions = { ...options, cache: counted };
  const count = app.createRateLimit(bounded);
  return async (request, reply) => {
    const state = await count(request);
    if (state.isAllowed) return;
    // How much of an account's limit is left would tell of the attempts of its owner.
    if (state.isExceeded || limit !== 'account')
      reply.headers({
        'ratelimit-limit': state.max,
        'ratelimit-remaining': state.remaining,
        'ratelimit-reset': state.ttlInSeconds,
      });
    if (!state.isExceeded) return;
    noteForSecurityLog(request, { limit });
    throw new Problem('too-many-requests', 'Wait for the time in Retry-After, then try again.', {
      headers: { 'retry-after': String(state.ttlInSeconds) },
    });
  };
}
