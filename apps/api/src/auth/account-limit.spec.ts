import type { LightMyRequestResponse } from 'fastify';
import { appUnderTest, password, type AppUnderTest } from '../../test/app-under-test';
import { expectProblem } from '../../test/problem-matcher';
import { toldBy } from '../../test/told-by';

const email = 'ada@example.org';
const home = '198.51.100.7';
const elsewhere = (n: number) => `203.0.${n >> 8}.${n & 255}`;
const windowMs = 5 * 60_000;

const attempt = ({ app }: AppUnderTest, address: string, url: string, payload: object) =>
  app.inject({ method: 'POST', url, payload, headers: { 'x-forwarded-for': address } });
const login = (test: AppUnderTest, address: string, secret: string, account = email) =>
  attempt(test, address, '/v1/auth/login', { email: account, password: secret });
const statuses = (answers: readonly LightMyRequestResponse[]) =>
  answers.reduce<Record<number, number>>(
    (counts, { statusCode }) => ({ ...counts, [statusCode]: (counts[statusCode] ?? 0) + 1 }),
    {},
  );
const guesses = (test: AppUnderTest, count: number, account = email) =>
  Promise.all(
    Array.from({ length: count }, (_, n) => login(test, elsewhere(n), `guess ${n}`, account)),
  );

/** An account whose sign-up is over and done with; time is a variable. */
async function withOwner() {
  const test = await appUnderTest();
  await test.signUp(email);
  let now = Date.now() + windowMs;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  return { ...test, later: (ms: number) => (now += ms) };
}

afterEach(() => jest.restoreAllMocks());

describe('guessing at one account', () => {
  it('from 200 addresses gets 20 guesses, with the time to wait for the rest', async () => {
    const test = await withOwner();
    const answers = await guesses(test, 200);
    expect(statuses(answers)).toEqual({ 401: 20, 429: 180 });
    const refused = answers.at(-1) as LightMyRequestResponse;
    expectProblem(refused, 'too-many-requests');
    const wait = Number(refused.headers['retry-after']);
    expect([wait > 0, wait <= windowMs / 1_000]).toEqual([true, true]);
  });

  it('runs into the limit however the address is spelled', async () => {
    const test = await withOwner();
    const spelled = (n: number) => (n % 2 === 0 ? email.toUpperCase() : email);
    const answers = [];
    for (let n = 0; n < 40; n++)
      answers.push(await login(test, elsewhere(n), `guess ${n}`, spelled(n)));
    expect(statuses(answers)).toEqual({ 401: 20, 429: 20 });
  });

  it('is answered alike, header by header, whether the account exists or not', async () => {
    const seen = async (account: string) => {
      const test = await withOwner();
      await login(test, home, password);
      return (await guesses(test, 30, account)).map(toldBy);
    };
    const toExisting = await seen(email);
    const toUnknown = await seen('nobody@example.org');
    // The owner's own log-in is one of the 20 attempts, and shows in nothing before the last of them.
    expect(toUnknown.slice(0, 19)).toEqual(toExisting.slice(0, 19));
    expect(toUnknown.slice(20)).toEqual(toExisting.slice(20));
  });

  it('does not lock out the owner at home, even while it goes on', async () => {
    const test = await withOwner();
    const { app, later } = test;
    const first = await app.inject({
      method: 'POST',
      url: '/v1/auth/login',
      payload: { email, password },
      headers: { 'x-forwarded-for': home },
    });
    expect(first.statusCode).toBe(200);
    for (let window = 0; window < 3; window++) {
      await guesses(test, 60);
      expect((await login(test, home, password)).statusCode).toBe(200);
      later(windowMs);
    }
  });

  it('from one address does not lock out the owner anywhere', async () => {
    const test = await withOwner();
    const answers = [];
    for (let n = 0; n < 50; n++) answers.push(await login(test, elsewhere(1), `guess ${n}`));
    expect(statuses(answers)).toEqual({ 401: 10, 429: 40 });
    expect((await login(test, elsewhere(2), password)).statusCode).toBe(200);
  });

  it('locks out the owner on a journey for five minutes at most', async () => {
    const test = await withOwner();
    await guesses(test, 60);
    expectProblem(await login(test, '192.0.2.1', password), 'too-many-requests');
    test.later(windowMs);
    expect((await login(test, '192.0.2.1', password)).statusCode).toBe(200);
  });

  it('is limited at home too', async () => {
    const test = await withOwner();
    await login(test, home, password);
    const answers = [];
    for (let n = 0; n < 30; n++) answers.push(await login(test, home, `guess ${n}`));
    expect(statuses(answers)).toEqual({ 401: 9, 429: 21 });
  });

  it('does not keep others out', async () => {
    const test = await withOwner();
    await test.signUp('bob@example.org');
    await guesses(test, 60);
    expect((await login(test, elsewhere(1), password, 'bob@example.org')).statusCode).toBe(200);
  });
});

describe('codes and registrations', () => {
  it.each([
    ['/v1/auth/confirm', (n: number) => ({ email, code: String(n) }), 400],
    ['/v1/auth/register', (n: number) => ({ email, password: `${password} ${n}` }), 201],
  ])('%s is limited by account, apart from log-ins', async (url, payload, status) => {
    const test = await withOwner();
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) => attempt(test, elsewhere(n), url, payload(n))),
    );
    expect(statuses(answers)).toEqual({ [status]: 20, 429: 40 });
    expect((await login(test, elsewhere(1), password)).statusCode).toBe(200);
  });
});
