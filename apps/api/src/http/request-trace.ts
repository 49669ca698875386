import {
  activeContext,
  SpanKind,
  SpanStatusCode,
  startSpanOfStranger,
  traceparent,
} from '@clarity/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { routePattern } from './request-log';

type Within = ReturnType<typeof startSpanOfStranger>['within'];

/**
 * One span per request, from its headers to the end of its answer, which continues the caller's trace. It names the
 * route, never the address. Health checks have none. The answer's `traceparent` names the trace and shows whether it
 * is recorded.
 */
export const traceRequests = fp(
  async (app) => {
    app.decorateRequest('within', null);
    app.addHook('onRequest', (request, reply, done) => {
      if (request.routeOptions.config.quiet) return done();
      const within = startSpan(request, reply);
      request.within = within;
      const header = traceparent(within);
      if (header !== undefined) reply.header('traceparent', header);
      activeContext.with(within, done);
    });
    // A body arrives in events of the connection, which is outside every request.
    app.addHook('preValidation', (request, _reply, done) => {
      const { within } = request;
      if (within === null || within === activeContext.active()) return done();
      activeContext.with(within, done);
    });
  },
  { name: 'request trace' },
);

function startSpan(request: FastifyRequest, reply: FastifyReply): Within {
  const { method } = request;
  const route = routePattern(request.routeOptions.url);
  const { span, within } = startSpanOfStranger(
    `${method} ${route}`,
    { kind: SpanKind.SERVER },
    request.headers,
  );
  // Most requests are not recorded, and pay for no more than their ids.
  if (!span.isRecording()) return within;
  span.setAttributes({ 'http.request.method': method, 'http.route': route });
  reply.raw.once('close', () => {
    if (reply.raw.headersSent) {
      span.setAttribute('http.response.status_code', reply.statusCode);
      if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    } else span.setAttribute('error.type', 'client went away');
    span.end();
  });
  return within;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The context of its trace; null if it has none. */
    within: Within | null;
  }
}
