import { Compile } from 'typebox/compile';
import { appUnderTest } from '../../test/app-under-test';

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly parameters?: readonly Record<string, unknown>[];
  readonly requestBody?: { readonly content: Record<string, Media> };
  readonly responses: Record<
    string,
    { readonly description: string; readonly content?: Record<string, Media> }
  >;
}
interface Media {
  readonly schema: object;
  readonly example?: unknown;
  readonly examples?: Record<string, { readonly value: unknown }>;
}
interface Contract {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, object> };
}

async function contract(): Promise<Contract> {
  const { app } = await appUnderTest();
  return (await app.inject('/openapi.json')).json();
}

function operations({ paths }: Contract): [string, Operation][] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );
}

function refsOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' ? [String(value)] : refsOf(value),
  );
}

/** Puts the components in place of the references, so that a schema stands alone. */
function inlined(node: unknown, document: Contract): unknown {
  if (Array.isArray(node)) return node.map((item) => inlined(item, document));
  if (typeof node !== 'object' || node === null) return node;
  const { $ref } = node as { $ref?: string };
  if ($ref !== undefined) return inlined(resolve($ref, document), document);
  return Object.fromEntries(Object.entries(node).map(([k, v]) => [k, inlined(v, document)]));
}

function resolve(ref: string, document: Contract): unknown {
  return ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
}

function examplesOf({ example, examples = {} }: Media): unknown[] {
  return [
    ...(example === undefined ? [] : [example]),
    ...Object.values(examples).map(({ value }) => value),
  ];
}

describe('the contract', () => {
  it('is OpenAPI 3.1 and knows every route', async () => {
    const document = await contract();
    expect(document.openapi).toBe('3.1.0');
    expect(operations(document).map(([name]) => name)).toEqual([
      'GET /livez',
      'GET /readyz',
      'POST /v1/auth/register',
      'POST /v1/auth/confirm',
      'POST /v1/auth/login',
      'POST /v1/auth/refresh',
      'POST /v1/samples:batch',
      'GET /v1/samples',
      'POST /v1/analyses',
      'GET /v1/analyses',
      'GET /v1/analyses/{id}',
      'GET /v1/analyses/{id}/result',
      'GET /v1/analyses/{id}/actogram.svg',
      'GET /v1/models',
    ]);
  });

  it('names each operation once and describes each answer', async () => {
    const document = await contract();
    const ids = operations(document).map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [name, operation] of operations(document)) {
      expect([name, operation]).toEqual([
        name,
        expect.objectContaining({
          operationId: expect.stringMatching(/^[a-z][A-Za-z]+$/),
          summary: expect.any(String),
          tags: [expect.any(String)],
        }),
      ]);
      expect(Object.keys(operation.responses).some((status) => /^2\d\d$/.test(status))).toBe(true);
      for (const [status, response] of Object.entries(operation.responses))
        expect([name, status, response.description]).not.toEqual([
          name,
          status,
          'Default Response',
        ]);
    }
  });

  it('asks for a token exactly where the service does', async () => {
    const document = await contract();
    for (const [name, { security, responses }] of operations(document)) {
      const open = /^(GET \/(livez|readyz)|POST \/v1\/auth\/)/.test(name);
      expect([name, security]).toEqual([name, open ? undefined : [{ bearer: [] }]]);
      if (!open) expect(responses['401']).toBeDefined();
    }
  });

  it('offers an Idempotency-Key on every POST with a token', async () => {
    const document = await contract();
    for (const [name, { parameters = [], security }] of operations(document)) {
      const takesKey = parameters.some(
        ({ $ref }) => $ref === '#/components/parameters/IdempotencyKey',
      );
      expect([name, takesKey]).toEqual([name, name.startsWith('POST') && security !== undefined]);
    }
  });

  it('has no reference to nothing', async () => {
    const document = await contract();
    const broken = refsOf(document).filter((ref) => resolve(ref, document) === undefined);
    expect(broken).toEqual([]);
    expect(Object.keys(document.components.schemas).sort()).toEqual([
      'Analysis',
      'AnalysisPage',
      'AnalysisResult',
      'BatchOutcome',
      'Model',
      'Problem',
      'Sample',
      'SamplePage',
      'Tokens',
    ]);
  });

  it('gives an example of everything that is sent, and each fits its schema', async () => {
    const document = await contract();
    for (const [name, { requestBody, responses }] of operations(document)) {
      const media = [requestBody, ...Object.values(responses)].flatMap((part) =>
        Object.entries(part?.content ?? {}),
      );
      for (const [type, item] of media) {
        if (!type.includes('json') || name.endsWith('/result')) continue;
        const schema = Compile(inlined(item.schema, document) as never);
        expect([name, type, examplesOf(item).length]).not.toEqual([name, type, 0]);
        for (const example of examplesOf(item))
          expect([name, ...schema.Errors(example)]).toEqual([name]);
      }
    }
  });
});

describe('the page of the contract', () => {
  it('runs from its own files under a strict policy', async () => {
    const { app } = await appUnderTest();
    const page = await app.inject('/docs');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(files.length).toBeGreaterThan(5);
    for (const file of files)
      expect([file, (await app.inject(file)).statusCode]).toEqual([file, 200]);
  });
});
