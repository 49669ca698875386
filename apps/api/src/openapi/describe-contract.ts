import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { problemSchema } from '../problems/problem-schema';
import type { ProblemName } from '@clarity/schema';
import { hoistTitledSchemas } from './hoist-schemas';
import { answerHeaders, problemResponse, problemsOf } from './problem-responses';

const info = {
  title: 'CLARITY API',
  version: '1',
  description:
    'Takes in wearable data, analyses weeks of movement. The user is taken from the token. Errors are RFC 9457 problems. Every POST with a token takes an `Idempotency-Key`. No clinical score is given.',
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
};
const tags = [
  { name: 'auth', description: 'Accounts and tokens.' },
  { name: 'samples', description: 'Measurements of wearables.' },
  { name: 'analyses', description: 'Weeks of movement, turned into metrics.' },
  { name: 'models', description: 'What analyses run on.' },
  { name: 'operation', description: 'For balancers and people on call.' },
];
const requestIdHeader = {
  description: "The client's own if it sent one, otherwise a new one.",
  schema: { type: 'string' },
} as const;
const traceparentHeader = {
  description:
    'The trace of the request: W3C Trace Context. It ends with `-01` if the trace is recorded. Absent for health checks.',
  schema: { type: 'string' },
} as const;
const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Kept 24 hours. The same key and body get the same answer again (`Idempotency-Replayed: true`) and nothing happens twice.',
  schema: { type: 'string', minLength: 1, maxLength: 128 },
  example: '2b1d6c8e-0f5a-4c38-8b0e-7b0a5f1c9d42',
} as const;

/** Marks the routes that need a token, for the contract; {@link requireBearer} enforces it. */
export function documentBearer(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    route.schema = { ...route.schema, security: [{ bearer: [] }] };
  });
}

/** Collects every route registered after it into the OpenAPI 3.1 document at /openapi.json. */
export async function describeContract(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    convertConstToEnum: false,
    openapi: {
      openapi: '3.1.0',
      info,
      tags,
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: 'The access token of /v1/auth/login.',
          },
        },
        headers: { RequestId: requestIdHeader, Traceparent: traceparentHeader },
        parameters: { IdempotencyKey: idempotencyKey },
      },
    },
    transform: ({ schema, url, route }) => ({
      url,
      schema: withProblems(schema ?? {}, route.method, route.config?.problems ?? []),
    }),
    transformObject: (document) =>
      'openapiObject' in document
        ? (withComponents(document.openapiObject) as typeof document.openapiObject)
        : document.swaggerObject,
  });
  app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    reply.header('cache-control', 'no-cache');
    return app.swagger();
  });
}

function withProblems(
  schema: FastifySchema,
  method: string | string[],
  problems: readonly ProblemName[],
): FastifySchema {
  const hasBody = schema.body !== undefined;
  const route = {
    hasBody,
    hasInput: hasBody || schema.querystring !== undefined,
    hasPathParameters: schema.params !== undefined,
    authenticated: schema.security !== undefined,
    isPost: [method].flat().includes('POST'),
    problems,
  };
  const security = schema.security ?? [];
  return { ...schema, security, ...{ 'x-problems': [...problemsOf(route)] } };
}

type Operation = Record<string, unknown> & {
  responses?: Record<string, { headers?: object }>;
  parameters?: unknown[];
};

function withComponents(document: object): object {
  const { paths = {}, components = {} } = document as {
    paths?: Record<string, Record<string, Operation>>;
    components?: { schemas?: Record<string, unknown> };
  };
  const schemas: Record<string, unknown> = {};
  hoistTitledSchemas(problemSchema, schemas);
  const described = Object.entries(paths).map(([path, item]) => [
    path,
    Object.fromEntries(
      Object.entries(item).map(([method, operation]) => [
        method,
        hoistTitledSchemas(describeOperation(method, operation), schemas),
      ]),
    ),
  ]);
  return {
    ...document,
    paths: Object.fromEntries(described),
    components: { ...components, schemas: { ...components.schemas, ...schemas } },
  };
}

function describeOperation(method: string, operation: Operation): object {
  const { 'x-problems': problems, ...rest } = operation;
  const responses: Record<string, object> = {};
  for (const [status, response] of Object.entries(rest.responses ?? {}))
    responses[status] = {
      ...response,
      headers: { ...response.headers, ...answerHeaders },
    };
  for (const [status, names] of problems as [number, ProblemName[]][])
    responses[String(status)] = problemResponse(status, names);
  const takesKey = method === 'post' && (rest['security'] as readonly unknown[]).length > 0;
  return {
    ...rest,
    ...(takesKey
      ? {
          parameters: [
            ...(rest.parameters ?? []),
            { $ref: '#/components/parameters/IdempotencyKey' },
          ],
        }
      : {}),
    responses,
  };
}
