import type { Logger } from '@clarity/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { routePattern } from '../http/request-log';
import { boundedLines } from './bounded-lines';
import type { Pseudonyms } from './pseudonyms';
import { securityEventOf, type SecurityEvent } from './security-events';

/** Of each event. */
const linesPerSecond = 20;

/**
 * One line per security event: which, when, in which request, and pseudonyms of who and from where.
 * Never a mail address, a token, a password, an address of a client, or a path. The level of the rest of
 * the log does not silence it.
 */
export const logSecurityEvents = fp<{ names: Pseudonyms; logger: Logger }>(
  async (app, { names, logger }) => {
    const lines = logger.child({ log: 'security' }, { level: 'info' });
    const log = boundedLines<SecurityEvent>(
      (line) => lines.info(line, 'security event'),
      linesPerSecond,
    );
    app.decorateRequest('securityNotes', null);
    // As the answer is sent, not after it: a client that goes away first is logged too.
    app.addHook('onSend', async (request, reply) => {
      const event = securityEventOf(request, reply.statusCode);
      if (event !== undefined) log(event, describe(request, reply, names));
    });
  },
  { name: 'security log', dependencies: ['principal'] },
);

function describe(request: FastifyRequest, reply: FastifyReply, names: Pseudonyms): object {
  const { account, refusal, limit } = request.securityNotes ?? {};
  const subject = request.principal === null ? account : names.user(request.principal.userId);
  return {
    requestId: request.id,
    method: request.method,
    route: routePattern(request.routeOptions.url),
    status: reply.statusCode,
    address: names.address(request.ip),
    ...(subject !== undefined && { subject }),
    ...(refusal !== undefined && { refusal }),
    ...(limit !== undefined && { limit }),
  };
}
