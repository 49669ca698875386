import type { FastifyInstance } from 'fastify';
import { Problem } from './problem';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/**
 * Fastify answers 404 to a known address with another method. This gives every address that was
 * registered since the call the 405 with `Allow` that RFC 9110 asks for.
 * @returns to be called after the last route
 */
export function watchMethods(app: FastifyInstance): () => void {
  const known = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const ofUrl = known.get(url) ?? new Set();
    for (const name of [method].flat()) ofUrl.add(name);
    known.set(url, ofUrl);
  });
  return () => {
    for (const [url, allowed] of [...known]) {
      const others = methods.filter((method) => !allowed.has(method));
      if (others.length === 0) continue;
      const allow = [...allowed].sort().join(', ');
      app.route({
        method: others,
        url,
        schema: { hide: true },
        // Before the body is read: its form does not matter here.
        onRequest: async () => {
          throw new Problem('method-not-allowed', `This address supports ${allow}.`, {
            headers: { allow },
          });
        },
        handler: async () => undefined,
      });
    }
  };
}
