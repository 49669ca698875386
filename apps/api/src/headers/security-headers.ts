import fp from 'fastify-plugin';

/**
 * What an API needs of Helmet's set: nothing it answers is a page, may be framed, guessed at or kept
 * by a shared cache. A table, because answers that pass no hook need it too. No CORS headers:
 * browsers of other origins get no access.
 */
export const securityHeaders = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
  // Health data and tokens; a route whose answer may be kept replaces it.
  'cache-control': 'no-store',
} as const;

export const setSecurityHeaders = fp(
  async (app) => {
    app.addHook('onRequest', async (_request, reply) => {
      reply.headers(securityHeaders);
    });
  },
  { name: 'security headers' },
);
