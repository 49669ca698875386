import { problemCatalogue, problemType, type ProblemName } from '@clarity/schema';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What this route answers apart from its success and from what every route of its kind does. */
    problems?: readonly ProblemName[];
  }
}

interface DescribedRoute {
  readonly hasBody: boolean;
  readonly hasInput: boolean;
  readonly hasPathParameters: boolean;
  readonly authenticated: boolean;
  readonly isPost: boolean;
  readonly problems: readonly ProblemName[];
}

/** Everything that a route can answer apart from its success, by status. */
export function problemsOf(route: DescribedRoute): Map<number, ProblemName[]> {
  const names = new Set<ProblemName>(route.problems);
  const add = (...more: ProblemName[]) => more.forEach((name) => names.add(name));
  if (route.hasInput) add('invalid-input');
  if (route.hasPathParameters) add('invalid-input', 'uri-too-long');
  if (route.hasBody)
    add('request-timeout', 'payload-too-large', 'unsupported-media-type', 'too-many-requests');
  if (route.authenticated) add('unauthenticated', 'too-many-requests');
  if (route.authenticated && route.isPost) add('request-in-flight', 'idempotency-key-reused');
  add('internal-error', 'unavailable');

  const byStatus = new Map<number, ProblemName[]>();
  for (const name of names) {
    const { status } = problemCatalogue[name];
    byStatus.set(status, [...(byStatus.get(status) ?? []), name]);
  }
  return new Map([...byStatus].sort(([a], [b]) => a - b));
}

/** Of every answer. */
export const answerHeaders = {
  'X-Request-Id': { $ref: '#/components/headers/RequestId' },
  traceparent: { $ref: '#/components/headers/Traceparent' },
};

/** An OpenAPI Response Object with an example of each problem. */
export function problemResponse(status: number, names: readonly ProblemName[]): object {
  return {
    description: names.map((name) => problemCatalogue[name].title).join('; '),
    headers: {
      ...answerHeaders,
      ...(status === 401 ? { 'WWW-Authenticate': { schema: { type: 'string' } } } : {}),
      ...(status === 415
        ? {
            'Accept-Encoding': {
              schema: { type: 'string' },
              description: 'If it was the content coding: those that are supported.',
            },
          }
        : {}),
      ...(status === 429 || status === 503
        ? { 'Retry-After': { schema: { type: 'string' }, description: 'Seconds.' } }
        : {}),
    },
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(names.map((name) => [name, { value: exampleOf(name) }])),
      },
    },
  };
}

function exampleOf(name: ProblemName): object {
  const { status, title } = problemCatalogue[name];
  return {
    type: problemType(name),
    title,
    status,
    detail: `${title}.`,
    instance: '/v1/…',
    requestId: '0b8f6f0e-7a3a-4f27-9f4e-6f2f6c1f5a10',
    ...(status === 400 ? { errors: [{ in: 'body', pointer: '/from', detail: 'is missing' }] } : {}),
    ...(name === 'analysis-failed'
      ? { failure: { code: 'invalid-input', detail: 'The week cannot be scaled.' } }
      : {}),
  };
}
