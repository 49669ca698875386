import { TokenRefused, type AuthProvider, type Principal } from '@clarity/domain';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { callOptionsOf } from '../http/deadline';
import { Problem } from '../problems/problem';
import { noteForSecurityLog } from '../security-log/security-events';

const bearer = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * Every route registered in `app` after this call needs an access token. The user of a request is
 * the token's, and nothing else's. A good token counts against its user, a bad one against the address.
 */
export const requireBearer = fp<{ auth: AuthProvider }>(
  async (app, { auth }) => {
    app.addHook('onRoute', (route) => {
      route.config = { ...route.config, countedBy: 'user' };
    });
    app.addHook('onRequest', async (request, reply) => {
      try {
        request.principal = await verified(request, auth);
      } catch (error) {
        // That tokens cannot be checked is nobody's fault.
        if (error instanceof Problem) await app.loadLimits.byAddress(request, reply);
        throw error;
      }
      await app.loadLimits.byUser(request, reply);
    });
  },
  { name: 'bearer', dependencies: ['principal', 'deadline', 'load limits'] },
);

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
