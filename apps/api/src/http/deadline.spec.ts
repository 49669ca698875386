import { connect, type AddressInfo } from 'node:net';
import type { InjectOptions } from 'fastify';
import { appUnderTest, password } from '../../test/app-under-test';
import { resultFor } from '../../test/fixtures/analysis-result';
import { berlin, minuteSamples, monday } from '../../test/fixtures/week-of-minutes';
import { gate } from '../../test/gate';
import { expectProblem } from '../../test/problem-matcher';
import { recordCalls } from '../../test/recorded-calls';
import { endAsWorker } from '../../test/worker';

const email = 'ada@example.org';
const batch = { samples: minuteSamples(0, 60) };
const key = { 'idempotency-key': 'key-1' };
const ask = { from: monday, timeZone: berlin };
const span = `type=activity_count&from=${monday}T00:00:00Z&to=${monday}T02:00:00Z`;
const post = (url: string, payload: object, headers = {}): InjectOptions => ({
  method: 'POST',
  url,
  payload,
  headers,
});

/** One request to every route of the contract; `id` is an analysis that is completed. */
const everyRoute = (id: string): Readonly<Record<string, InjectOptions>> => ({
  'GET /livez': { url: '/livez' },
  'GET /readyz': { url: '/readyz' },
  'POST /v1/auth/register': post('/v1/auth/register', { email: 'bob@example.org', password }),
  'POST /v1/auth/confirm': post('/v1/auth/confirm', { email, code: '1' }),
  'POST /v1/auth/login': post('/v1/auth/login', { email, password }),
  'POST /v1/auth/refresh': post('/v1/auth/refresh', { refreshToken: 'x' }),
  'POST /v1/samples:batch': post('/v1/samples:batch', batch, key),
  'GET /v1/samples': { url: `/v1/samples?${span}` },
  'POST /v1/analyses': post('/v1/analyses', ask),
  'GET /v1/analyses': { url: '/v1/analyses' },
  'GET /v1/analyses/{id}': { url: `/v1/analyses/${id}` },
  'GET /v1/analyses/{id}/result': { url: `/v1/analyses/${id}/result` },
  'GET /v1/analyses/{id}/actogram.svg': { url: `/v1/analyses/${id}/actogram.svg` },
  'GET /v1/models': { url: '/v1/models' },
});

async function withAnalysis(requestDeadlineMs?: number) {
  const test = await appUnderTest(requestDeadlineMs === undefined ? {} : { requestDeadlineMs });
  const ada = await test.signUp(email);
  await ada.request(post('/v1/samples:batch', batch));
  const { id } = (await ada.request(post('/v1/analyses', ask))).json<{ id: string }>();
  await endAsWorker(test.cloud, ada.userId, id, resultFor(id));
  return { ...test, ada, id };
}

describe('the deadline of a request', () => {
  it('is passed to every call of a port that any route makes', async () => {
    const { app, cloud, ada, id, clock } = await withAnalysis();
    const routes = everyRoute(id);
    const { paths } = (await app.inject('/openapi.json')).json();
    const contract = Object.entries(paths as Record<string, object>).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const missing = contract.filter((route) => !(route in routes));
    expect(missing.map((route) => `${route}: add a request to everyRoute`)).toEqual([]);

    clock.now += 120_000; // what is kept from before is read again
    const calls = recordCalls(cloud);
    for (const request of Object.values(routes)) await ada.request(request);
    expect(new Set(calls.map(({ name }) => name)).size).toBeGreaterThan(14);
    const unlimited = calls.filter(({ options }) => !(options?.signal instanceof AbortSignal));
    expect(unlimited.map(({ name }) => name)).toEqual([]);
  });

  it.each(['healthData', 'objects', 'auth', 'events', 'idempotency'] as const)(
    'is when a client is answered although %s hangs',
    async (port) => {
      const { cloud, ada, id, clock, logs } = await withAnalysis(50);
      clock.now += 120_000;
      const routes = everyRoute(id);
      cloud[port].slowDown(1_000);
      let late = 0;
      for (const [name, request] of Object.entries(routes)) {
        if (name === 'GET /readyz') continue; // it has its own timeout
        const start = performance.now();
        const answer = await ada.request(request);
        expect([name, performance.now() - start < 2_000]).toEqual([name, true]);
        if (answer.statusCode < 500) continue;
        late++;
        expectProblem(answer, 'unavailable');
        expect(answer.headers['retry-after']).toBe('5');
      }
      expect(late).toBeGreaterThan(0);
      expect(logs.join('')).not.toMatch(/reply\.sent|already sent/i);
    },
  );

  it.each([
    ['a handler waits for', 'healthData', 'listAnalyses'],
    ['the check of a token waits for', 'auth', 'verify'],
  ] as const)('holds if the port that %s ignores it', async (_what, port, method) => {
    const { cloud, ada } = await withAnalysis(50);
    const late = gate();
    jest.spyOn(cloud[port] as never, method).mockImplementation((async () => {
      await late.opened;
      return { items: [] };
    }) as never);
    expectProblem(await ada.request({ url: '/v1/analyses' }), 'unavailable');
    late.open();
    await new Promise((resolve) => setImmediate(resolve));
    expect((await ada.request({ url: '/v1/models' })).statusCode).toBe(200);
  });

  it('does not cut off what cleans up after it', async () => {
    const { cloud, ada } = await withAnalysis(50);
    const before = cloud.objects.keys();
    jest.spyOn(cloud.healthData, 'createAnalysis').mockImplementation(
      (_analysis, options) =>
        new Promise((_resolve, reject) => {
          options?.signal?.addEventListener('abort', () => reject(new Error('given up')));
        }),
    );
    expectProblem(await ada.request(post('/v1/analyses', ask)), 'unavailable');
    await new Promise((resolve) => setImmediate(resolve));
    expect(cloud.objects.keys()).toEqual(before);
  });

  it('comes at once when the client goes away', async () => {
    const { app, cloud, ada } = await withAnalysis();
    const arrived = gate();
    const givenUp = gate();
    let signal: AbortSignal | undefined;
    jest.spyOn(cloud.healthData, 'listAnalyses').mockImplementation((_user, _page, options) => {
      signal = options?.signal;
      signal?.addEventListener('abort', givenUp.open);
      arrived.open();
      return new Promise(() => undefined);
    });
    await app.listen({ host: '127.0.0.1', port: 0 });
    try {
      const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
      socket.write(
        `GET /v1/analyses HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${ada.accessToken}\r\n\r\n`,
      );
      await arrived.opened;
      socket.destroy();
      await givenUp.opened;
      // A port that throws the reason causes no internal error and raises no alarm.
      expect(signal?.reason).toMatchObject({ problem: 'unavailable' });
    } finally {
      await app.close();
    }
  });
});
