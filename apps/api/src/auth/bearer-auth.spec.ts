import { appUnderTest, password } from '../../test/app-under-test';
import { expectProblem } from '../../test/problem-matcher';
import { toldBy } from '../../test/told-by';

const post = (url: string, payload: object) => ({ method: 'POST' as const, url, payload });
const email = 'ada@example.org';

describe('accounts', () => {
  it('register, confirm, log in and refresh', async () => {
    const { app, cloud } = await appUnderTest();
    const registered = await app.inject(post('/v1/auth/register', { email, password }));
    expect([registered.statusCode, registered.body]).toEqual([201, '']);
    const early = await app.inject(post('/v1/auth/login', { email, password }));
    expectProblem(early, 'unconfirmed');
    const code = cloud.auth.confirmationCode(email);
    const confirmed = await app.inject(post('/v1/auth/confirm', { email, code }));
    expect([confirmed.statusCode, confirmed.body]).toEqual([204, '']);
    const tokens = await app.inject(post('/v1/auth/login', { email, password }));
    expect(tokens.headers['cache-control']).toBe('no-store');
    const { refreshToken } = tokens.json();
    const refreshed = await app.inject(post('/v1/auth/refresh', { refreshToken }));
    expect(refreshed.json()).toEqual({
      accessToken: expect.any(String),
      idToken: expect.any(String),
      expiresInSeconds: 3600,
    });
  });

  it('does not tell a wrong password from an unknown account', async () => {
    const { app, signUp } = await appUnderTest();
    await signUp(email);
    const wrong = await app.inject(post('/v1/auth/login', { email, password: 'wrong' }));
    const unknown = await app.inject(post('/v1/auth/login', { email: 'b@c.d', password }));
    expect(expectProblem(wrong, 'unauthenticated')['detail']).toBe(
      expectProblem(unknown, 'unauthenticated')['detail'],
    );
    expect(wrong.headers['www-authenticate']).toBe('Bearer realm="clarity"');
  });

  it('does not tell a taken mail address from a new one, and leaves its account alone', async () => {
    const { app, signUp } = await appUnderTest();
    await signUp(email);
    const other = `${password}, another one`;
    let address = 0;
    const answerTo = async (payload: object) =>
      toldBy(
        await app.inject({
          ...post('/v1/auth/register', payload),
          headers: { 'x-forwarded-for': `192.0.2.${address++}` },
        }),
      );
    expect(await answerTo({ email, password: other })).toEqual(
      await answerTo({ email: 'new@example.org', password: other }),
    );
    expect(await answerTo({ email, password: 'weak' })).toEqual(
      await answerTo({ email: 'newer@example.org', password: 'weak' }),
    );
    expectProblem(
      await app.inject(post('/v1/auth/login', { email, password: other })),
      'unauthenticated',
    );
    expect((await app.inject(post('/v1/auth/login', { email, password }))).statusCode).toBe(200);
  });

  it.each([
    ['a weak password', '/v1/auth/register', { email: 'b@c.d', password: 'x' }, 'invalid-input'],
    ['a wrong code', '/v1/auth/confirm', { email, code: '0' }, 'invalid-input'],
    ['a stale refresh', '/v1/auth/refresh', { refreshToken: 'x' }, 'unauthenticated'],
  ] as const)('refuse %s', async (_what, url, payload, name) => {
    const { app, signUp } = await appUnderTest();
    await signUp(email);
    expectProblem(await app.inject(post(url, payload)), name);
  });
});

describe('bearer tokens', () => {
  it('that expired are refused, and the answer gives that reason', async () => {
    const { clock, signUp } = await appUnderTest();
    const ada = await signUp();
    clock.now += 3_600_000;
    const answer = await ada.request({ url: '/v1/analyses' });
    expectProblem(answer, 'unauthenticated');
    expect(answer.headers['www-authenticate']).toContain('error="invalid_token"');
  });

  it.each([
    ['of another client', { clientId: 'other' }],
    ['of another issuer', { issuer: 'other' }],
    ['made to identify, not to access', { use: 'id' }],
  ] as const)('%s are refused', async (_what, claims) => {
    const { app, cloud } = await appUnderTest();
    const authorization = `Bearer ${cloud.auth.issueToken(claims)}`;
    expectProblem(
      await app.inject({ url: '/v1/models', headers: { authorization } }),
      'unauthenticated',
    );
  });

  it.each(['Basic YTpi', 'Bearer', 'Bearer a b', 'Bearer in-memory.e30.x'])(
    'are not "%s"',
    async (authorization) => {
      const { app } = await appUnderTest();
      const answer = await app.inject({ url: '/v1/models', headers: { authorization } });
      expectProblem(answer, 'unauthenticated');
      expect(answer.headers['www-authenticate']).toContain('error="invalid_token"');
    },
  );

  it('are looked at before the body is', async () => {
    const { app } = await appUnderTest();
    const answer = await app.inject({
      ...post('/v1/samples:batch', {}),
      payload: '{',
      headers: { 'content-type': 'application/json' },
    });
    expectProblem(answer, 'unauthenticated');
  });

  it('make no request a bad one when the keys cannot be had', async () => {
    const { cloud, signUp } = await appUnderTest();
    const ada = await signUp();
    cloud.auth.failNext('unavailable');
    expectProblem(await ada.request({ url: '/v1/models' }), 'unavailable');
  });
});
