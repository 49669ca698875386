import type { LightMyRequestResponse } from 'fastify';
import type { ProblemName } from '@clarity/schema';
import { problemCatalogue, problemType } from '@clarity/schema';

/** Checks that an answer is this problem in full, and gives its body for more. */
export function expectProblem(
  response: LightMyRequestResponse,
  name: ProblemName,
): Record<string, unknown> {
  const { status, title } = problemCatalogue[name];
  expect([response.statusCode, response.body]).toEqual([status, expect.stringContaining('{')]);
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  const body = response.json<Record<string, unknown>>();
  expect(body).toMatchObject({
    type: problemType(name),
    title,
    status,
    detail: expect.any(String),
    instance: expect.stringMatching(/^\//),
    requestId: response.headers['x-request-id'],
  });
  return body;
}
