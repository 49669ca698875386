import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import fp from 'fastify-plugin';
import { principalOf } from './auth/principal';
import type { ApiConfig } from './dependencies';
import type { Pseudonyms } from './security-log/pseudonyms';
import { Problem } from './problems/problem';
import { requestLimit, type RequestLimit } from './limits/request-limit';

/**
 * Turns work away before it drowns the rest: 503 if the event loop lags, 429 if one user or address asks
 * too often. A request counts against its address, with any answer, unless its token is good: then
 * it counts against the user alone, so that no user suffers for a neighbour behind the same address.
 * Counts are per process, so the limit of a service of n tasks is up to n times as high; the hard limit
 * for an address is the WAF's.
 * The routes behind `requireBearer` are counted there, by `app.loadLimits`.
 */
export const limitLoad = fp<{ limits: ApiConfig['limits']; names: Pseudonyms }>(
  async (app, { limits, names }) => {
    await app.register(rateLimit, { global: false });
    const byAddress = requestLimit(app, 'address', {
      max: limits.perAddressPerMinute,
      timeWindow: 60_000,
      keyGenerator: (request) => names.address(request.ip),
    });
    const byUser = requestLimit(app, 'user', {
      max: limits.perUserPerMinute,
      timeWindow: 60_000,
      keyGenerator: (request) => principalOf(request).userId,
    });
    app.addHook('onRequest', async (request, reply) => {
      if (request.routeOptions.config.countedBy === undefined) await byAddress(request, reply);
    });
    await app.register(underPressure, {
      maxEventLoopDelay: limits.maxEventLoopDelayMs,
      sampleInterval: 250,
      pressureHandler: (_request, _reply, _type, delayMs) => refuseIfLate(delayMs),
    });
    app.decorate('loadLimits', { byAddress, byUser });
  },
  { name: 'load limits', dependencies: ['principal', 'security log'] },
);

/**
 * @param delayMs mean delay of the event loop, over the limit; infinite if the last interval was too
 *   short of turns to tell, as right after the start: that is not a reason to refuse a request
 * @throws Problem `unavailable`
 */
export async function refuseIfLate(delayMs: number | undefined): Promise<void> {
  if (delayMs === Infinity) return;
  throw new Problem(
    'unavailable',
    'The service has more work than it can do right now. Try again shortly.',
    { headers: { 'retry-after': '5' } },
  );
}

/** For routes that have to answer while the service is busy. */
export const alwaysAnswer = { countedBy: 'nothing', pressureHandler: () => undefined } as const;

declare module 'fastify' {
  interface FastifyInstance {
    loadLimits: { readonly byAddress: RequestLimit; readonly byUser: RequestLimit };
  }
  interface FastifyContextConfig {
    /** Against whom the route's requests count; if absent, against the address that they come from. */
    countedBy?: 'user' | 'nothing';
  }
}
