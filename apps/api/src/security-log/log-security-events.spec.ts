import { createLogger } from '@clarity/telemetry';
import Fastify, { type InjectOptions } from 'fastify';
import { appUnderTest, password, type AppUnderTest } from '../../test/app-under-test';
import { principal } from '../auth/principal';
import { logSecurityEvents } from './log-security-events';
import { pseudonyms } from './pseudonyms';

type Line = Readonly<Record<string, unknown>>;

/** Names that no random id in a line can hold by chance, as a UUID may hold "ada". */
const name = 'ada.lovelace';
const email = `${name}@example.org`;
const otherName = 'grace.hopper';
const attacker = '203.0.113.9';
const post = (url: string, payload: object): InjectOptions => ({ method: 'POST', url, payload });
const login = (secret: string, account = email) =>
  post('/v1/auth/login', { email: account, password: secret });
const bearer = (token: string): InjectOptions => ({
  url: '/v1/models',
  headers: { authorization: `Bearer ${token}` },
});

const linesOf = ({ logs }: AppUnderTest): Line[] =>
  logs.map((text) => JSON.parse(text) as Line).filter(({ log }) => log === 'security');

/** The lines that these requests of the attacker leave. */
async function linesAfter(test: AppUnderTest, ...requests: InjectOptions[]): Promise<Line[]> {
  const before = linesOf(test).length;
  for (const request of requests)
    await test.app.inject({
      ...request,
      headers: { ...request.headers, 'x-forwarded-for': attacker },
    });
  return linesOf(test).slice(before);
}

describe('the security log', () => {
  it('has a line for each step of an account', async () => {
    const test = await appUnderTest();
    await test.app.inject(login(password));
    await test.signUp(email);
    const lines = linesOf(test);
    expect(lines.map(({ event }) => event)).toEqual([
      'login-failed',
      'registered',
      'confirmed',
      'login-succeeded',
    ]);
    expect(new Set(lines.map(({ subject }) => subject)).size).toBe(1);
    for (const line of lines)
      expect(line).toMatchObject({
        level: 'info',
        requestId: expect.any(String),
        address: expect.stringMatching(/^address:/),
        subject: expect.stringMatching(/^account:/),
        route: expect.stringMatching(/^\/v1\/auth\//),
      });
  });

  it.each<[string, InjectOptions, Line]>([
    ['a wrong password', login('wrong'), { event: 'login-failed', status: 401 }],
    ['an unknown account', login('x', 'b@c.d'), { event: 'login-failed', status: 401 }],
    [
      'a wrong code',
      post('/v1/auth/confirm', { email, code: '0' }),
      { event: 'confirmation-failed', status: 400 },
    ],
    [
      'a weak password',
      post('/v1/auth/register', { email: 'b@c.d', password: 'x' }),
      { event: 'registration-failed', status: 400 },
    ],
    [
      'a stale refresh token',
      post('/v1/auth/refresh', { refreshToken: 'x' }),
      { event: 'refresh-failed', status: 401 },
    ],
    ['a missing token', { url: '/v1/models' }, { event: 'token-missing', status: 401 }],
    [
      'a token that is not one',
      bearer('a.b.c'),
      { event: 'token-refused', refusal: 'malformed', route: '/v1/models' },
    ],
    [
      'a header that is not a bearer token',
      { url: '/v1/models', headers: { authorization: 'Basic YTpi' } },
      { event: 'token-refused', refusal: 'malformed' },
    ],
  ])('has a line for %s', async (_what, request, expected) => {
    const test = await appUnderTest();
    await test.signUp(email);
    const lines = await linesAfter(test, request);
    expect(lines).toEqual([expect.objectContaining(expected)]);
  });

  it('tells why a token that looks right is refused', async () => {
    const test = await appUnderTest();
    const [header, payload] = test.cloud.auth.issueToken({}).split('.');
    const lines = await linesAfter(
      test,
      bearer(test.cloud.auth.issueToken({ expiresAt: 0 })),
      bearer(test.cloud.auth.issueToken({ clientId: 'other' })),
      bearer(`${header}.${payload}.x`),
    );
    expect(lines.map(({ refusal }) => refusal)).toEqual(['expired', 'contents', 'signature']);
  });

  it('tells which limit was run into, and by whom', async () => {
    const limits = { perUserPerMinute: 1, perAddressPerMinute: 3, maxEventLoopDelayMs: 0 };
    const test = await appUnderTest({ limits });
    const ada = await test.signUp(email);
    await ada.request({ url: '/v1/models' });
    await ada.request({ url: '/v1/models' });
    const [line] = linesOf(test).slice(-1);
    expect(line).toMatchObject({ event: 'rate-limited', limit: 'user' });
    expect(line?.['subject']).toMatch(/^user:/);

    const many = Array.from({ length: 4 }, () => ({ url: '/nothing' }));
    expect(await linesAfter(test, ...many)).toEqual([
      expect.objectContaining({ event: 'rate-limited', limit: 'address', route: '(none)' }),
    ]);
  });

  it('tells which account is being guessed at', async () => {
    const test = await appUnderTest();
    const lines = await linesAfter(test, ...Array.from({ length: 11 }, () => login('wrong')));
    expect(lines.at(-1)).toMatchObject({
      event: 'rate-limited',
      limit: 'account',
      subject: lines[0]?.['subject'],
    });
  });

  it('has a line for what a user may not do', async () => {
    const test = await appUnderTest();
    const ada = await test.signUp(email);
    test.cloud.healthData.failNext('forbidden');
    await ada.request({ url: '/v1/analyses' });
    expect(linesOf(test).at(-1)).toMatchObject({
      event: 'forbidden',
      subject: expect.stringMatching(/^user:/),
    });
  });

  it('has no line for what is in order, or merely malformed', async () => {
    const test = await appUnderTest();
    const ada = await test.signUp(email);
    const before = linesOf(test).length;
    await ada.request({ url: '/v1/models' });
    await test.app.inject('/livez');
    await test.app.inject(post('/v1/auth/login', {}));
    await test.app.inject('/nothing');
    expect(linesOf(test).slice(before)).toEqual([]);
  });

  it('connects the attempts of one address without holding anything of a person', async () => {
    const test = await appUnderTest();
    const ada = await test.signUp(email);
    const id = '01JNQ5W7Y8Z9ABCDEFGHJKMNPQ';
    const lines = await linesAfter(
      test,
      login('wrong'),
      login('guess', `${otherName}@example.org`),
      { url: `/v1/analyses/${id}?email=${email}` },
      bearer(test.cloud.auth.issueToken({ sub: ada.userId, expiresAt: 0 })),
    );
    expect(lines).toHaveLength(4);
    expect(new Set(lines.map(({ address }) => address)).size).toBe(1);
    expect(lines[0]?.['subject']).not.toBe(lines[1]?.['subject']);
    expect(lines[2]?.['route']).toBe('/v1/analyses/:id');
    const text = JSON.stringify(linesOf(test));
    for (const personal of [
      email,
      name,
      otherName,
      password,
      'wrong',
      'guess',
      ada.userId,
      attacker,
      id,
    ])
      expect(text).not.toContain(personal);
    expect(text).not.toContain(ada.accessToken.slice(0, 20));
  });

  it('is written at every level of the rest of the log', async () => {
    const written: string[] = [];
    const app = Fastify();
    await app.register(principal);
    const logger = createLogger('api', 'silent', { write: (line) => void written.push(line) });
    const names = pseudonyms('a key of tests that is long enough to be one');
    await app.register(logSecurityEvents, { names, logger });
    app.get('/', (_request, reply) => reply.code(403).send());
    await app.inject('/');
    expect(written.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ event: 'forbidden', service: 'api', log: 'security' }),
    ]);
  });

  it('is bounded under a flood, and counts what it leaves out', async () => {
    const test = await appUnderTest();
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'],
    });
    try {
      const lines = await linesAfter(
        test,
        ...Array.from({ length: 50 }, () => ({ url: '/v1/models' })),
      );
      expect(lines).toHaveLength(20);
      expect(await linesAfter(test, login('wrong'))).toHaveLength(1);
      jest.advanceTimersByTime(1_000);
      expect(linesOf(test).at(-1)).toMatchObject({ event: 'token-missing', suppressed: 30 });
    } finally {
      jest.useRealTimers();
    }
  });
});
