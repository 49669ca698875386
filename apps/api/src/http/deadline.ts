import type { CallOptions } from '@clarity/domain';
import type { FastifyRequest } from 'fastify';

/** What to pass to every port call that a request makes: it is given up when the request is. */
export function callOptionsOf(_request: FastifyRequest): CallOptions {
  return {};
}
