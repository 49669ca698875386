import type { FastifyRequest } from 'fastify';

/** https://www.w3.org/TR/trace-context/#traceparent-header, version 00; all-zero ids are invalid. */
const traceparent = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** @returns the caller's traceparent, to be passed on with messages */
export function traceOf(request: FastifyRequest): string | undefined {
  const given = request.headers['traceparent'];
  return typeof given === 'string' && traceparent.test(given) ? given : undefined;
}
