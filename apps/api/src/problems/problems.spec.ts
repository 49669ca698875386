import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { eventually } from '@clarity/host';
import { appUnderTest } from '../../test/app-under-test';
import { expectProblem } from '../../test/problem-matcher';
import { recordCalls } from '../../test/recorded-calls';
import { securityHeaders } from '../headers/security-headers';
import { problemOfError } from './problem-of-error';

const json = { 'content-type': 'application/json' };

describe('every error is a problem', () => {
  it.each([
    ['no such address', { url: '/v2/x' }, 'not-found'],
    [
      'no such address, with a body',
      { url: '/x', method: 'POST', payload: '{', headers: json },
      'not-found',
    ],
    ['an unreadable address', { url: '/v1/analyses/%zz' }, 'invalid-input'],
    ['an endless id', { url: `/v1/analyses/${'x'.repeat(200)}` }, 'uri-too-long'],
    ['another method', { url: '/v1/auth/login', method: 'DELETE' }, 'method-not-allowed'],
    ['another method of a batch', { url: '/v1/samples:batch' }, 'method-not-allowed'],
    [
      'no JSON',
      { url: '/v1/auth/login', method: 'POST', payload: '{', headers: json },
      'invalid-input',
    ],
    ['no body', { url: '/v1/auth/login', method: 'POST' }, 'invalid-input'],
    [
      'an empty body',
      { url: '/v1/auth/login', method: 'POST', payload: '', headers: json },
      'invalid-input',
    ],
    [
      'a poisoned body',
      { url: '/v1/auth/login', method: 'POST', payload: '{"__proto__":{}}', headers: json },
      'invalid-input',
    ],
    [
      'a poisoned body in disguise',
      { url: '/v1/auth/login', method: 'POST', payload: '{"\\u005f_proto__":{}}', headers: json },
      'invalid-input',
    ],
    [
      'a form',
      {
        url: '/v1/auth/login',
        method: 'POST',
        payload: 'a=b',
        headers: { 'content-type': 'text/plain' },
      },
      'unsupported-media-type',
    ],
    [
      'too much',
      { url: '/v1/auth/login', method: 'POST', payload: { email: 'x'.repeat(20_000) } },
      'payload-too-large',
    ],
    ['no token', { url: '/v1/analyses' }, 'unauthenticated'],
    ['no such file of the docs', { url: '/docs/static/nothing.js' }, 'not-found'],
  ] as const)('%s', async (_what, request, name) => {
    const { app } = await appUnderTest();
    expectProblem(await app.inject(request as object), name);
  });

  it('says which methods there are', async () => {
    const { app } = await appUnderTest();
    const answer = await app.inject({ method: 'PUT', url: '/v1/analyses' });
    expect(answer.headers.allow).toBe('GET, HEAD, POST');
  });

  it('points at each place that is wrong', async () => {
    const { app } = await appUnderTest();
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/auth/register',
      payload: { email: 'nobody', 'pass/word': 'x' },
    });
    expect(expectProblem(answer, 'invalid-input')['errors']).toEqual([
      { in: 'body', pointer: '/password', detail: 'is missing' },
      { in: 'body', pointer: '/pass~1word', detail: 'is not known here' },
      { in: 'body', pointer: '/email', detail: expect.any(String) },
    ]);
  });

  it('does not tell what went wrong inside, and logs it under the requestId', async () => {
    const { cloud, signUp, logs } = await appUnderTest();
    const ada = await signUp();
    const failing = new Error('table clarity-prod', { cause: new Error('socket 10.0.0.7') });
    jest.spyOn(cloud.healthData, 'listAnalyses').mockRejectedValue(failing);
    const answer = await ada.request({
      url: '/v1/analyses',
      headers: { 'x-request-id': 'support-case-7' },
    });
    expect(expectProblem(answer, 'internal-error')['requestId']).toBe('support-case-7');
    expect(answer.body).not.toContain('clarity-prod');
    const line = logs.find((text) => text.includes('clarity-prod'));
    expect(line).toContain('"requestId":"support-case-7"');
    expect(line).toContain('10.0.0.7');
  });

  it.each([
    ['a bad address', 'GET /v1/analyses/%zz HTTP/1.1\r\nhost: x\r\n\r\n', 400],
    ['an endless id', `GET /v1/analyses/${'x'.repeat(200)} HTTP/1.1\r\nhost: x\r\n\r\n`, 414],
    ['no host', 'GET /livez HTTP/1.1\r\n\r\n', 400],
    ['no such address', 'GET /x HTTP/1.1\r\nhost: x\r\n\r\n', 404],
    ['another method', 'PUT /livez HTTP/1.1\r\nhost: x\r\n\r\n', 405],
    ['no request at all', 'HELO there\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nhost: x\r\na: ${'x'.repeat(20_000)}`, 431],
    ['two lengths', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1, 2\r\n\r\n', 400],
  ])(
    'on the wire too, with every header and a line in the log: %s',
    async (_what, sent, status) => {
      const { app, logs } = await appUnderTest();
      await app.listen({ host: '127.0.0.1', port: 0 });
      try {
        const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
        socket.end(sent);
        const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
        const [statusLine = '', ...fields] = head.split('\r\n');
        const headers = Object.fromEntries(
          fields.map((field) => field.split(': ', 2) as [string, string]),
        );
        expect(statusLine).toContain(` ${status} `);
        expect(headers).toMatchObject({
          ...securityHeaders,
          'content-type': 'application/problem+json; charset=utf-8',
          'x-request-id': expect.any(String),
        });
        expect(JSON.parse(body)).toMatchObject({ status, requestId: headers['x-request-id'] });
        const logged = logs.filter((line) => line.includes(headers['x-request-id'] ?? 'nothing'));
        expect(logged).toHaveLength(1);
      } finally {
        await app.close();
      }
    },
  );

  it('but not a second one after an answer that is on its way', async () => {
    const { app } = await appUnderTest();
    await app.listen({ host: '127.0.0.1', port: 0 });
    try {
      const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
      socket.write('POST /x HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab');
      setTimeout(() => socket.write('cde\r\nnot a chunk\r\n'), 50);
      expect((await text(socket)).match(/HTTP\/1\.1/g)).toHaveLength(1);
    } finally {
      await app.close();
    }
  });

  it.each(['__proto__', 'constructor', '\\u005f_proto__'])(
    'takes the key %s for a member like any other, which no schema lists',
    async (key) => {
      const { app, signUp } = await appUnderTest();
      const account = '{"email":"ada@example.org","password":"correct horse battery staple"}';
      const answer = await app.inject({
        method: 'POST',
        url: '/v1/auth/login',
        payload: `{"${key}":${account}}`,
        headers: json,
      });
      const pointers = (problem: Record<string, unknown>) =>
        (problem['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);
      expect(pointers(expectProblem(answer, 'invalid-input'))).toEqual(
        expect.arrayContaining(['/email', '/password', `/${JSON.parse(`"${key}"`)}`]),
      );
      const ada = await signUp();
      const batch = await ada.request({
        method: 'POST',
        url: '/v1/samples:batch',
        payload: `{"samples":[{"${key}":{"type":"mood"}}]}`,
        headers: json,
      });
      expect(batch.json()).toMatchObject({ created: 0, rejected: 1 });
      expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('email');
    },
  );

  it('logs no error if a client goes away during any call', async () => {
    const { app, cloud, signUp, logs } = await appUnderTest();
    const ada = await signUp();
    const calls = recordCalls(cloud);
    const goneAway = () => logs.filter((line) => line.includes('client went away')).length;
    const until = (what: string, isSo: () => boolean) =>
      eventually(async () => isSo() || undefined, { what, limitMs: 10_000, pauseMs: 5 });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    try {
      for (const [dependency, call] of [
        ['auth', 'auth.verify'],
        ['objects', 'objects.get'],
      ] as const) {
        const before = goneAway();
        cloud[dependency].slowDown(1_000);
        const socket = connect(port, '127.0.0.1');
        socket.write(
          `GET /v1/models HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${ada.accessToken}\r\n\r\n`,
        );
        await until(call, () => calls.some(({ name }) => name === call));
        socket.destroy();
        await until('The log line', () => goneAway() > before);
        cloud[dependency].slowDown(0);
      }
    } finally {
      await app.close();
    }
    expect(goneAway()).toBe(2);
    expect(logs.join('')).not.toContain('"level":"error"');
  });

  it('names the content codings there are', async () => {
    const { signUp } = await appUnderTest();
    const ada = await signUp();
    const answer = await ada.request({
      method: 'POST',
      url: '/v1/samples:batch',
      payload: '{}',
      headers: { ...json, 'content-encoding': 'br' },
    });
    expectProblem(answer, 'unsupported-media-type');
    expect(answer.headers['accept-encoding']).toBe('gzip');
  });

  it('includes what the plugins throw', () => {
    expect(problemOfError({ code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode: 413 })).toMatchObject({
      problem: 'payload-too-large',
    });
    expect(problemOfError({ statusCode: 429 })).toMatchObject({
      problem: 'too-many-requests',
      headers: { 'retry-after': '5' },
    });
    expect(problemOfError(null)).toMatchObject({ problem: 'internal-error' });
    expect(problemOfError('text')).toMatchObject({ problem: 'internal-error' });
  });
});
