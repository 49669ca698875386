import { DomainError, type AuthProvider, type Principal } from '@clarity/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem';

const bearer = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * Every route registered in `app` after this call needs an access token. The user of a request is
 * the token's, and nothing else's.
 */
export function requireBearer(app: FastifyInstance, auth: AuthProvider): void {
  app.addHook('onRequest', async (request) => {
    const header = request.headers.authorization;
    if (header === undefined)
      throw new Problem('unauthenticated', 'Send an access token as a bearer token.');
    const token = bearer.exec(header)?.[1];
    if (token === undefined) throw invalidToken('The Authorization header is not a bearer token.');
    try {
      request.principal = await auth.verify(token);
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'unauthenticated')
        throw invalidToken('The access token is expired or not valid.', error);
      throw error;
    }
  });
}

/** RFC 6750 section 3.1 */
function invalidToken(detail: string, cause?: unknown): Problem {
  return new Problem('unauthenticated', detail, {
    cause,
    headers: {
      'www-authenticate': `Bearer realm="clarity", error="invalid_token", error_description="${detail}"`,
    },
  });
}

/** Who asks. Only for routes behind {@link requireBearer}. */
export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === null) throw new Error('a route without bearer auth asked for its user');
  return request.principal;
}

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null;
  }
}
