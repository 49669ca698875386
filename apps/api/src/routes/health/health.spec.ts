import { appUnderTest } from '../../../test/app-under-test';
import { expectProblem } from '../../../test/problem-matcher';

describe('health', () => {
  it('is alive without asking anyone', async () => {
    const { app, cloud } = await appUnderTest();
    cloud.objects.failNext('unavailable');
    expect((await app.inject('/livez')).json()).toEqual({ status: 'alive' });
  });

  it('is ready when every dependency answers', async () => {
    const { app } = await appUnderTest();
    const ready = await app.inject('/readyz');
    expect([ready.statusCode, ready.json()]).toEqual([
      200,
      { status: 'ready', checks: { table: 'ok', objects: 'ok', auth: 'ok' } },
    ]);
  });

  it.each([
    ['table', 'healthData'],
    ['objects', 'objects'],
    ['auth', 'auth'],
  ] as const)(
    'names the %s that fails at the start, and asks again a second later',
    async (name, port) => {
      const { app, cloud, clock } = await appUnderTest();
      cloud[port].failNext('unavailable');
      const answer = await app.inject('/readyz');
      const body = expectProblem(answer, 'unavailable');
      expect(answer.headers['retry-after']).toBe('5');
      expect(body).toMatchObject({ detail: `${name}: failed`, checks: { [name]: 'failed' } });
      expectProblem(await app.inject('/readyz'), 'unavailable');
      clock.now += 1_000;
      expect((await app.inject('/readyz')).statusCode).toBe(200);
    },
  );

  it.each(['healthData', 'objects', 'auth'] as const)(
    'stays ready if %s fails later, as all other tasks would fail with it, and shows it',
    async (port) => {
      const { app, cloud, clock } = await appUnderTest();
      await app.inject('/readyz');
      clock.now += 10_000;
      cloud[port].failNext('unavailable');
      const answer = await app.inject('/readyz');
      expect(answer.statusCode).toBe(200);
      expect(Object.values(answer.json().checks).toSorted()).toEqual(['failed', 'ok', 'ok']);
    },
  );

  it('asks the dependencies at most every ten seconds once it is ready', async () => {
    const { app, cloud, clock } = await appUnderTest();
    const ping = jest.spyOn(cloud.objects, 'ping');
    for (let second = 0; second < 60; second++) {
      await app.inject('/readyz');
      clock.now += 1_000;
    }
    expect(ping).toHaveBeenCalledTimes(6);
  });

  it('does not wait for a dependency that hangs', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    try {
      const { app, cloud } = await appUnderTest();
      jest.spyOn(cloud.auth, 'ping').mockReturnValue(new Promise(() => undefined));
      const answer = app.inject('/readyz');
      await jest.advanceTimersByTimeAsync(2_000);
      expect(expectProblem(await answer, 'unavailable')['detail']).toBe('auth: timed-out');
    } finally {
      jest.useRealTimers();
    }
  });
});
