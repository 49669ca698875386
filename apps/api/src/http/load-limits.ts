import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import type { ApiConfig } from '../dependencies';
import { Problem } from '../problems/problem';

/**
 * Turns work away before it drowns the rest: 503 where the event loop lags, 429 where one user or
 * address asks too often. Counts are per process, so the limit of a service of n tasks is up to n
 * times as high; the hard limit for an address is the WAF's.
 */
export async function limitLoad(app: FastifyInstance, limits: ApiConfig['limits']): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: limits.maxEventLoopDelayMs,
    retryAfter: 5,
  });
  await app.register(rateLimit, {
    max: limits.perUserPerMinute,
    timeWindow: 60_000,
    enableDraftSpec: true,
    // Runs after the bearer hook of the routes that have one.
    keyGenerator: (request) => request.principal?.userId ?? normalizeIP(request.ip),
    errorResponseBuilder: () =>
      new Problem('too-many-requests', 'Wait for the time in Retry-After, then try again.'),
  });
}

/** For routes that have to answer while the service is busy. */
export const alwaysAnswer = { rateLimit: false, pressureHandler: () => undefined } as const;
