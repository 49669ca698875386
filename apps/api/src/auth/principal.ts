import type { Principal } from '@clarity/domain';
import fp from 'fastify-plugin';
import type { FastifyRequest } from 'fastify';

/** Gives requests a place for who makes them; null until a token has been verified. */
export const principal = fp(
  async (app) => {
    app.decorateRequest('principal', null);
  },
  { name: 'principal' },
);

/** Who asks. Only for routes behind `requireBearer`. */
export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === null) throw new Error('a route without bearer auth asked for its user');
  return request.principal;
}

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null;
  }
}
