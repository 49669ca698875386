import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/**
 * What an API needs of them: nothing it answers is a page, may be framed, guessed at or kept by a
 * shared cache. No CORS headers: browsers of other origins get no access.
 */
export async function setSecurityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    strictTransportSecurity: { maxAge: 63_072_000, includeSubDomains: true },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  app.addHook('onRequest', async (_request, reply) => {
    // Health data and tokens; a route whose answer may be kept says so itself.
    reply.header('cache-control', 'no-store');
  });
}
