import { finished } from 'node:stream';
import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from '../problems/problem';
import type { BodyBudget } from './body-budget';

const withoutBody = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Turns work away that memory has no room for: a body before any of it is read, and what a route
 * says that it takes up to answer (`config.workBytes`) before it begins. What was reserved is given
 * back when the answer is sent or the connection ends.
 */
export const admitByMemory = fp<{ budget: BodyBudget }>(
  async (app, { budget }) => {
    const admit = (request: FastifyRequest, reply: FastifyReply, bytes: number) => {
      if (bytes === 0) return;
      const release = budget.reserve(bytes, request.principal?.userId ?? normalizeIP(request.ip));
      if (release === undefined)
        throw new Problem(
          'unavailable',
          'The service holds as much data as it can. Send this again after the time in Retry-After.',
          { headers: { 'retry-after': '5' } },
        );
      finished(reply.raw, release);
    };
    app.addHook('preParsing', async (request, reply) =>
      admit(request, reply, bytesToCome(request)),
    );
    app.addHook('preHandler', async (request, reply) => {
      admit(request, reply, request.routeOptions.config.workBytes?.(request) ?? 0);
    });
  },
  { name: 'admission', dependencies: ['principal'] },
);

/** What a body may take up: what it declares, or the most that the route allows if that is unknown. */
function bytesToCome({ method, headers, routeOptions }: FastifyRequest): number {
  if (withoutBody.has(method)) return 0;
  const declared = headers['content-length'];
  const isPlain = headers['content-encoding'] === undefined;
  if (declared !== undefined && (isPlain || declared === '0'))
    return Math.min(Number(declared), routeOptions.bodyLimit);
  return headers['transfer-encoding'] === undefined && declared === undefined
    ? 0
    : routeOptions.bodyLimit;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * What a request takes up in memory while it is answered, as bytes of JSON: a body of as many
     * would take the same. Asked once the request is valid; absent if it is next to nothing.
     */
    workBytes?: (request: FastifyRequest) => number;
  }
}
