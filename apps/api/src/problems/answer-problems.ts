import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { securityHeaders } from '../headers/security-headers';
import { problemContentType } from '@clarity/schema';
import { Problem, problemDocument } from './problem';
import { problemOfError } from './problem-of-error';

function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}

/**
 * Answers with problem+json for any error, and logs what the client does not get. A refusal
 * for want of room or time has no error behind it, and neither has a call that was given up with its
 * request: the line of the request is all that is logged.
 */
function answerWithProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = problemOfError(error);
  const isGivenUp = request.deadline?.signal.aborted ?? false;
  if (problem.problem === 'unavailable' && (problem.cause === undefined || isGivenUp))
    request.refusal = problem.detail;
  else if (problem.status >= 500)
    request.log.error({ err: error, problem: problem.problem }, 'request failed');
  for (const [name, value] of Object.entries(problem.headers))
    if (!reply.hasHeader(name)) reply.header(name, value);
  if (problem.status === 401 && !reply.hasHeader('www-authenticate'))
    reply.header('www-authenticate', 'Bearer realm="clarity"');
  // A string, so that no serialiser of the route's own answers touches it.
  return reply
    .code(problem.status)
    .header('content-type', problemContentType)
    .send(JSON.stringify(problemDocument(problem, pathOf(request.url), request.id)));
}

/** For an address that cannot be read: Fastify refuses it before any hook has run. */
export function answerBadAddress(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { status } = problemOfError(error);
  request.log.info({ method: request.method, route: '(none)', status }, 'request');
  reply.headers({ ...securityHeaders, 'x-request-id': request.id });
  return answerWithProblem(error, request, reply);
}

/** The error and not-found handlers of the whole app. */
export const answerProblems = fp(
  async (app) => {
    app.decorateRequest('refusal', null);
    app.setErrorHandler(answerWithProblem);
    app.setNotFoundHandler((request, reply) => answerWithProblem(nothingHere(), request, reply));
    // Before the body is read: its form does not matter here.
    app.addHook('preParsing', async (request) => {
      if (request.is404) throw nothingHere();
    });
  },
  { name: 'problems' },
);

function nothingHere(): Problem {
  return new Problem('not-found', 'There is nothing at this address.');
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Why it was answered 503 if nothing failed, for the log. */
    refusal: string | null;
  }
}
