import { appUnderTest } from '../../test/app-under-test';
import { minuteSamples } from '../../test/fixtures/week-of-minutes';
import { gate } from '../../test/gate';
import { expectProblem } from '../../test/problem-matcher';

const upload = (from: number, key = 'key-1') => ({
  method: 'POST' as const,
  url: '/v1/samples:batch',
  headers: { 'idempotency-key': key },
  payload: { samples: minuteSamples(from, from + 3) },
});

describe('Idempotency-Key', () => {
  it('gets the same request the same answer', async () => {
    const { signUp } = await appUnderTest();
    const ada = await signUp();
    const first = await ada.request(upload(0));
    const again = await ada.request(upload(0));
    expect(first.json()).toMatchObject({ created: 3 });
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(again.json()).toEqual(first.json());
    expect(again.statusCode).toBe(200);
    expect(again.headers['content-type']).toBe(first.headers['content-type']);
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it('refuses another body under the same key', async () => {
    const { signUp } = await appUnderTest();
    const ada = await signUp();
    await ada.request(upload(0));
    expectProblem(await ada.request(upload(5)), 'idempotency-key-reused');
  });

  it('belongs to the user', async () => {
    const { signUp } = await appUnderTest();
    const [ada, bob] = [await signUp('ada@example.org'), await signUp('bob@example.org')];
    await ada.request(upload(0));
    const bobs = await bob.request(upload(5));
    expect(bobs.json()).toMatchObject({ created: 3 });
  });

  it('asks for patience while the first request is in flight', async () => {
    const { cloud, signUp } = await appUnderTest();
    const ada = await signUp();
    const addSamples = cloud.healthData.addSamples.bind(cloud.healthData);
    const done = gate();
    const arrived = gate();
    jest.spyOn(cloud.healthData, 'addSamples').mockImplementation(async (...args) => {
      arrived.open();
      await done.opened;
      return addSamples(...args);
    });
    const first = ada.request(upload(0));
    await arrived.opened;
    const second = await ada.request(upload(0));
    expectProblem(second, 'request-in-flight');
    expect(second.headers['retry-after']).toBe('1');
    done.open();
    expect((await first).json()).toMatchObject({ created: 3 });
  });

  it('is given back when the work failed, so that the client may try again', async () => {
    const { cloud, signUp } = await appUnderTest();
    const ada = await signUp();
    cloud.healthData.failNext('unavailable');
    expectProblem(await ada.request(upload(0)), 'unavailable');
    expect((await ada.request(upload(0))).json()).toMatchObject({ created: 3 });
  });

  it('is given back when the request ran out of time', async () => {
    const { cloud, signUp } = await appUnderTest({ requestDeadlineMs: 50 });
    const ada = await signUp();
    const hanging = jest
      .spyOn(cloud.healthData, 'addSamples')
      .mockReturnValue(new Promise(() => undefined));
    expectProblem(await ada.request(upload(0)), 'unavailable');
    hanging.mockRestore();
    expect((await ada.request(upload(0))).json()).toMatchObject({ created: 3 });
  });

  it('is not waited for longer than the request has', async () => {
    const { cloud, signUp } = await appUnderTest({ requestDeadlineMs: 50 });
    const ada = await signUp();
    cloud.idempotency.slowDown(30_000);
    const start = Date.now();
    expectProblem(await ada.request(upload(0)), 'unavailable');
    expect(Date.now() - start).toBeLessThan(10_000);
  });

  it('does not turn done work into a failure when the answer cannot be recorded', async () => {
    const { cloud, signUp, logs } = await appUnderTest();
    const ada = await signUp();
    jest.spyOn(cloud.idempotency, 'settle').mockRejectedValue(new Error('no'));
    expect((await ada.request(upload(0))).json()).toMatchObject({ created: 3 });
    expect(logs.join('')).toContain('idempotency answer not recorded');
  });

  it.each(['', 'a key', 'a#b', 'x'.repeat(129), 'ünï'])('refuses the key "%s"', async (key) => {
    const { signUp } = await appUnderTest();
    const ada = await signUp();
    const body = expectProblem(await ada.request(upload(0, key)), 'invalid-input');
    expect(body['errors']).toEqual([
      { in: 'header', pointer: '/idempotency-key', detail: expect.any(String) },
    ]);
  });
});
