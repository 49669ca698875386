import { finished } from 'node:stream';
import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem';
import type { BodyBudget } from './body-budget';

const withoutBody = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Turns bodies away that memory has no room for, before any of them is read. What was reserved for a
 * body is given back when its answer is sent or its connection ends.
 */
export function admitBodies(app: FastifyInstance, budget: BodyBudget): void {
  app.addHook('preParsing', async (request, reply) => {
    const bytes = bytesToCome(request);
    if (bytes === 0) return;
    const release = budget.reserve(bytes, request.principal?.userId ?? normalizeIP(request.ip));
    if (release === undefined)
      throw new Problem(
        'unavailable',
        'The service holds as many bodies as it can. Send this one again after the time in Retry-After.',
        { headers: { 'retry-after': '5' } },
      );
    finished(reply.raw, release);
  });
}

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
