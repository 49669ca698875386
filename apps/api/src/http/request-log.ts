import { AsyncResource } from 'node:async_hooks';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';

/**
 * One line per request: which route, how it ended, how long it took. Never the address itself, its
 * query, headers or body: these can be personal.
 */
export const logRequests = fp(
  async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      // Comes once, whether the answer was sent whole, in part or not at all; the line names the request's trace.
      const log = AsyncResource.bind(() => logRequest(request, reply));
      reply.raw.once('close', log);
    });
  },
  { name: 'request log', dependencies: ['problems'] },
);

function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  const { method, routeOptions, refusal, log } = request;
  const route = routePattern(routeOptions.url);
  if (!reply.raw.headersSent) return log.info({ method, route }, 'client went away');
  const status = reply.statusCode;
  const ms = Math.round(reply.elapsedTime * 10) / 10;
  const line = { method, route, status, ms, ...(refusal === null ? {} : { reason: refusal }) };
  // 503: a refusal, or a failure that has an error line of its own.
  if (status === 503) log.warn(line, 'request');
  else if (status >= 500) log.error(line, 'request');
  else if (routeOptions.config.quiet) log.debug(line, 'request');
  else log.info(line, 'request');
}

/** Fastify writes a literal colon as two. */
export function routePattern(url: string | undefined): string {
  return url === undefined ? '(none)' : url.replaceAll('::', ':');
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Health checks come every few seconds: they are logged at debug level only. */
    quiet?: boolean;
  }
}
