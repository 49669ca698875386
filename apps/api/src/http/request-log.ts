import type { FastifyInstance } from 'fastify';

/**
 * One line a request: which route, how it ended, how long it took. Never the address itself, its
 * query, headers or body: these can be personal.
 */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const line = {
      method: request.method,
      route: routePattern(request.routeOptions.url),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    };
    if (reply.statusCode >= 500) request.log.error(line, 'request');
    else if (request.routeOptions.config.quiet) request.log.debug(line, 'request');
    else request.log.info(line, 'request');
  });
  app.addHook('onRequestAbort', async (request) => {
    request.log.info(
      { method: request.method, route: routePattern(request.routeOptions.url) },
      'client went away',
    );
  });
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
