import type { InjectOptions } from 'fastify';
import { refuseIfLate } from './load-limits';
import { appUnderTest } from '../test/app-under-test';
import { expectProblem } from '../test/problem-matcher';

const limited = (limits: { perUserPerMinute?: number; perAddressPerMinute?: number }) =>
  appUnderTest({
    limits: {
      perUserPerMinute: 1_000,
      perAddressPerMinute: 1_000,
      maxEventLoopDelayMs: 0,
      ...limits,
    },
  });
const from = (address: string, request: InjectOptions): InjectOptions => ({
  ...request,
  headers: { ...request.headers, 'x-forwarded-for': address },
});
const login = {
  method: 'POST',
  url: '/v1/auth/login',
  payload: { email: 'ada@example.org', password: 'wrong' },
} as const;

describe('the limit of an address', () => {
  it.each<[string, InjectOptions, number]>([
    ['a request without a token', { url: '/v1/models' }, 401],
    ['a bad token', { url: '/v1/models', headers: { authorization: 'Bearer a.b.c' } }, 401],
    ['no token at all', { url: '/v1/models', headers: { authorization: 'Basic x' } }, 401],
    ['a wrong password', login, 401],
    ['a malformed body', { ...login, payload: {} }, 400],
    ['an unknown address', { url: '/v2/nothing' }, 404],
    ['an unknown address with a body', { ...login, url: '/wp-login.php' }, 404],
    ['another method', { method: 'DELETE', url: '/v1/models' }, 405],
    ['the contract', { url: '/openapi.json' }, 200],
    ['the page of the contract', { url: '/docs' }, 200],
    ['a file of that page', { url: '/docs/static/nothing.js' }, 404],
    ['an address that cannot be read', { url: '/v1/analyses/%zz' }, 400],
    ['an endless address', { url: `/v1/analyses/${'x'.repeat(200)}` }, 414],
  ])('counts %s', async (_what, request, status) => {
    const { app } = await limited({ perAddressPerMinute: 2 });
    for (const remaining of ['1', '0']) {
      const answer = await app.inject(request);
      expect([answer.statusCode, answer.headers['ratelimit-remaining']]).toEqual([
        status,
        remaining,
      ]);
    }
    const third = await app.inject(request);
    expectProblem(third, 'too-many-requests');
    expect(third.headers).toMatchObject({
      'ratelimit-limit': '2',
      'ratelimit-remaining': '0',
      'ratelimit-reset': third.headers['retry-after'],
      'cache-control': 'no-store',
    });
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(third.headers['retry-after'])).toBeLessThanOrEqual(60);
    expectProblem(await app.inject({ url: '/v1/models' }), 'too-many-requests');
  });

  it('counts no request whose token cannot be checked at the moment', async () => {
    const { app, cloud } = await limited({ perAddressPerMinute: 1 });
    for (let n = 0; n < 3; n++) {
      cloud.auth.failNext('unavailable');
      const answer = await app.inject({
        url: '/v1/models',
        headers: { authorization: 'Bearer a.b.c' },
      });
      expectProblem(answer, 'unavailable');
    }
  });

  it('counts the address that the balancer saw, which a client cannot choose', async () => {
    const { app } = await limited({ perAddressPerMinute: 2 });
    await app.inject(from('1.1.1.1, 203.0.113.9', login));
    await app.inject(from('2.2.2.2, 203.0.113.9', login));
    expectProblem(await app.inject(from('3.3.3.3, 203.0.113.9', login)), 'too-many-requests');
    expectProblem(await app.inject(from('203.0.113.10', login)), 'unauthenticated');
  });

  it('counts the addresses of one IPv6 client together', async () => {
    const { app } = await limited({ perAddressPerMinute: 2 });
    await app.inject(from('2001:db8:0:1::1', login));
    await app.inject(from('2001:db8:0:1:ffff::2', login));
    expectProblem(await app.inject(from('2001:db8:0:1::3', login)), 'too-many-requests');
    expectProblem(await app.inject(from('2001:db8:0:2::3', login)), 'unauthenticated');
  });

  it('lets in a good token, however hostile the neighbours are', async () => {
    const { app, signUp } = await limited({ perAddressPerMinute: 4 });
    const ada = await signUp();
    for (let n = 0; n < 10; n++) await app.inject(login);
    expectProblem(await app.inject({ url: '/v1/models' }), 'too-many-requests');
    expect((await ada.request({ url: '/v1/models' })).statusCode).toBe(200);
  });

  it('does not concern health checks', async () => {
    const { app } = await limited({ perAddressPerMinute: 1 });
    for (let n = 0; n < 3; n++) await app.inject(login);
    for (const url of ['/livez', '/readyz', '/livez'])
      expect((await app.inject(url)).statusCode).toBe(200);
  });

  it('ends after a minute, however often it was run into', async () => {
    const { app } = await limited({ perAddressPerMinute: 1 });
    const start = Date.now();
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => start);
    try {
      for (let n = 0; n < 5; n++) await app.inject(login);
      clock.mockImplementation(() => start + 60_000);
      expectProblem(await app.inject(login), 'unauthenticated');
    } finally {
      clock.mockRestore();
    }
  });
});

describe('the limit of a user', () => {
  it('counts the requests of one user from all addresses, and of no other user', async () => {
    const { signUp } = await limited({ perUserPerMinute: 2 });
    const [ada, bob] = [await signUp('ada@example.org'), await signUp('bob@example.org')];
    expect((await ada.request(from('192.0.2.1', { url: '/v1/models' }))).statusCode).toBe(200);
    await ada.request(from('192.0.2.2', { url: '/v1/samples' }));
    const third = await ada.request(from('192.0.2.3', { url: '/v1/analyses' }));
    expectProblem(third, 'too-many-requests');
    expect(third.headers['ratelimit-limit']).toBe('2');
    expect((await bob.request({ url: '/v1/models' })).statusCode).toBe(200);
  });
});

describe('load shedding', () => {
  it('refuses while the event loop is late, with a time to wait', async () => {
    await expect(refuseIfLate(1_200)).rejects.toMatchObject({
      problem: 'unavailable',
      headers: { 'retry-after': '5' },
    });
  });

  it('refuses no request right after the start, while the delay is not known yet', async () => {
    await expect(refuseIfLate(Infinity)).resolves.toBeUndefined();
  });
});
