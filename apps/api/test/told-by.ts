import type { LightMyRequestResponse } from 'fastify';

const incidental = ['date', 'x-request-id'];

/** All that a client can learn from an answer but what differs between any two. */
export function toldBy({ statusCode, headers, body }: LightMyRequestResponse): unknown[] {
  const told = Object.entries(headers).filter(([name]) => !incidental.includes(name));
  return [statusCode, Object.fromEntries(told), body.replace(/"requestId":"[^"]*"/, '')];
}
