import { TokenRefused, type AuthProvider, type Principal } from '@clarity/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { callOptionsOf } from '../http/deadline';
import type { RequestLimit } from '../limits/request-limit';
import { Problem } from '../problems/problem';
import { noteForSecurityLog } from '../security-log/security-events';

const bearer = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * Every route registered in `app` after this call needs an access token. The user of a request is
 * the token's, and nothing else's. A good token counts against its user, a bad one against the address.
 */
export function requireBearer(
  app: FastifyInstance,
  auth: AuthProvider,
  limits: { readonly byAddress: RequestLimit; readonly byUser: RequestLimit },
): void {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, countedBy: 'user' };
  });
  app.addHook('onRequest', async (request, reply) => {
    try {
      request.principal = await verified(request, auth);
    } catch (error) {
      await limits.byAddress(request, reply);
      throw error;
    }
    await limits.byUser(request, reply);
  });
}

async function verified(request: FastifyRequest, auth: AuthProvider): Promise<Principal> {
  const header = request.headers.authorization;
  if (header === undefined)
    throw new Problem('unauthenticated', 'Send an access token as a bearer token.');
  const token = bearer.exec(header)?.[1];
  try {
    if (token === undefined) throw new TokenRefused('malformed');
    return await auth.verify(token, callOptionsOf(request));
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error;
    noteForSecurityLog(request, { refusal: error.reason });
    throw invalidToken(
      token === undefined
        ? 'The Authorization header is not a bearer token.'
        : 'The access token is expired or not valid.',
      error,
    );
  }
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
