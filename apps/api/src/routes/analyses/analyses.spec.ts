import { appUnderTest, type AppUnderTest, type User } from '../../../test/app-under-test';
import { resultFor } from '../../../test/fixtures/analysis-result';
import {
  berlin,
  minuteSample,
  minuteSamples,
  monday,
  nightSample,
  uuidOf,
} from '../../../test/fixtures/week-of-minutes';
import { expectProblem } from '../../../test/problem-matcher';
import { endAsWorker, failAsWorker } from '../../../test/worker';
import { analysisInputSchema, decodeCounts, DomainError, type Sample } from '@clarity/domain';
import { parser, sha256Of } from '@clarity/schema';

const ask = {
  method: 'POST' as const,
  url: '/v1/analyses',
  payload: { from: monday, timeZone: berlin },
};

async function withData(samples: readonly object[] = minuteSamples(0, 60)) {
  const test = await appUnderTest();
  const ada = await test.signUp('ada@example.org');
  await ada.request({ method: 'POST', url: '/v1/samples:batch', payload: { samples } });
  return { ...test, ada };
}

async function analysisOf(user: User): Promise<string> {
  return (await user.request(ask)).json().id;
}

function expectNothingWritten({ cloud }: AppUnderTest, user: User): void {
  expect(cloud.objects.keys()).toEqual(['models/pat-s/manifest.json']);
  expect(cloud.healthData.analysesOf(user.userId as never)).toEqual([]);
  expect(cloud.events.published).toEqual([]);
}

async function inputOf({ cloud }: AppUnderTest, id: string) {
  const object = await cloud.objects.get(`analyses/${id}/input.json`);
  const input = JSON.parse(Buffer.from(object?.bytes ?? []).toString());
  return parser('input', analysisInputSchema)(input);
}

describe('POST /v1/analyses', () => {
  it('refuses a week without data and writes nothing', async () => {
    const test = await appUnderTest();
    const ada = await test.signUp();
    expectProblem(await ada.request(ask), 'no-data');
    expectNothingWritten(test, ada);
  });

  it('refuses a week that is not over, in the time zone of the person', async () => {
    const test = await withData();
    test.clock.now = Date.parse('2025-03-09T22:59:59Z');
    expectProblem(await test.ada.request(ask), 'week-not-over');
    expectNothingWritten(test, test.ada);
    test.clock.now = Date.parse('2025-03-09T23:00:00Z');
    expect((await test.ada.request(ask)).statusCode).toBe(202);
  });

  it.each([
    ['a day that does not exist', { from: '2025-02-30', timeZone: berlin }, '/from'],
    ['a day that the zone skipped', { from: '2011-12-30', timeZone: 'Pacific/Apia' }, '/from'],
    ['a zone that does not exist', { from: monday, timeZone: 'Europe/Atlantis' }, '/timeZone'],
    ['an offset for a zone', { from: monday, timeZone: '+01:00' }, '/timeZone'],
    [
      'a scaling of half',
      { ...ask.payload, countScaling: { sadehCap: 1 } },
      '/countScaling/coleKripkeDivisor',
    ],
    [
      'a divisor of nothing',
      { ...ask.payload, countScaling: { sadehCap: 1, coleKripkeDivisor: 0 } },
      '/countScaling/coleKripkeDivisor',
    ],
    ['a user in the body', { ...ask.payload, userId: 'bob' }, '/userId'],
  ])('points at %s', async (_what, payload, pointer) => {
    const test = await withData();
    const body = expectProblem(await test.ada.request({ ...ask, payload }), 'invalid-input');
    expect(body['errors']).toContainEqual(expect.objectContaining({ in: 'body', pointer }));
    expectNothingWritten(test, test.ada);
  });

  it('leaves out the scaling of counts if the client did', async () => {
    const test = await withData();
    expect(await inputOf(test, await analysisOf(test.ada))).not.toHaveProperty('countScaling');
  });

  it('takes the counts of the device with the most minutes, and never adds two up', async () => {
    const phone = { ...minuteSample(5), id: uuidOf(99), source: 'phone', value: 9_000 };
    const test = await withData([phone, ...minuteSamples(0, 60)]);
    const { counts } = await inputOf(test, await analysisOf(test.ada));
    expect(decodeCounts(counts)?.[5]).toBe(minuteSample(5).value);
  });

  const fromPhone = (minute: number, n: number) => ({
    ...minuteSample(minute),
    id: uuidOf(500_000 + n),
    source: 'phone',
    value: 9_000,
  });
  it.each([
    ['whose samples have no length', [fromPhone(5, 0)], (s: Sample) => ({ ...s, end: s.start })],
    [
      'although the other sent its minutes twice',
      Array.from({ length: 60 }, (_, n) => fromPhone(n % 40, n)),
      (s: Sample) => s,
    ],
    [
      'although the other measured after the week',
      Array.from({ length: 60 }, (_, n) => fromPhone(10_079, n)).map((s) => ({
        ...s,
        end: new Date(Date.parse(s.start) + 3_600_000).toISOString(),
      })),
      (s: Sample) => s,
    ],
  ])('takes the device with the most minutes, %s', async (_, phone, change) => {
    const test = await withData([...phone, ...minuteSamples(0, 60).map(change)]);
    const { counts } = await inputOf(test, await analysisOf(test.ada));
    const values = [...(decodeCounts(counts) ?? [])];
    expect(values.slice(0, 60)).toEqual(minuteSamples(0, 60).map(({ value }) => value));
    expect(values.slice(60).every(Number.isNaN)).toBe(true);
  });

  it('joins in_bed intervals that overlap', async () => {
    const test = await withData([
      minuteSample(0),
      nightSample(1, '2025-03-03T23:00:00+01:00', '2025-03-04T05:00:00+01:00'),
      nightSample(2, '2025-03-04T04:00:00+01:00', '2025-03-04T07:00:00+01:00'),
    ]);
    const { inBed } = await inputOf(test, await analysisOf(test.ada));
    expect(inBed).toEqual([{ start: 1_380, end: 1_860 }]);
  });

  it('refuses a week of more samples than it can hold, and stops reading there', async () => {
    const { ada, cloud } = await withData();
    const endless = { items: new Array(5_000).fill(minuteSample(0)), next: 'more' };
    const find = jest.spyOn(cloud.healthData, 'findSamples').mockResolvedValue(endless);
    const problem = expectProblem(await ada.request(ask), 'invalid-input');
    expect(problem['detail']).toContain('more than 200000 activity_count samples');
    expect(find).toHaveBeenCalledTimes(41);
    expect(cloud.healthData.analysesOf(ada.userId as never)).toEqual([]);
  });

  it('ends an analysis that could not be queued, and reports it', async () => {
    const test = await withData();
    test.cloud.events.failNext('unavailable');
    const answer = await test.ada.request(ask);
    expectProblem(answer, 'unavailable');
    expect(answer.headers['retry-after']).toBe('5');
    expect(test.cloud.healthData.analysesOf(test.ada.userId as never)).toEqual([
      expect.objectContaining({
        status: 'failed',
        failure: { code: 'not-queued', detail: expect.any(String) },
      }),
    ]);
  });

  it('writes nothing when the analysis could not be recorded', async () => {
    const test = await withData();
    jest.spyOn(test.cloud.healthData, 'createAnalysis').mockRejectedValue(new Error('down'));
    expectProblem(await test.ada.request(ask), 'internal-error');
    expectNothingWritten(test, test.ada);
  });

  it.each([
    ['the record', 'healthData', 'createAnalysis'],
    ['the input', 'objects', 'put'],
    ['the event', 'events', 'publish'],
  ] as const)(
    'leaves neither a queued analysis nor its input if %s was written and the answer was lost',
    async (_, port, method) => {
      const test = await withData();
      const target = test.cloud[port] as unknown as Record<string, (...args: unknown[]) => unknown>;
      const write = target[method]?.bind(target);
      jest.spyOn(target, method).mockImplementationOnce(async (...args) => {
        await write?.(...args);
        throw new DomainError('unavailable', 'The connection was lost.');
      });
      expectProblem(await test.ada.request(ask), 'unavailable');
      expect(test.cloud.objects.keys()).toEqual(['models/pat-s/manifest.json']);
      expect(test.cloud.healthData.analysesOf(test.ada.userId as never)).toMatchObject([
        { status: 'failed', failure: { code: 'not-queued' } },
      ]);
    },
  );

  it('waits for a model', async () => {
    const test = await withData();
    await test.cloud.objects.delete('models/pat-s/manifest.json');
    expectProblem(await test.ada.request(ask), 'unavailable');
    expect(test.cloud.objects.keys()).toEqual([]);
  });
});

describe('an analysis', () => {
  it('is not there for anyone else', async () => {
    const test = await withData();
    const id = await analysisOf(test.ada);
    await endAsWorker(test.cloud, test.ada.userId, id, resultFor(id));
    const bob = await test.signUp('bob@example.org');
    for (const path of ['', '/result', '/actogram.svg'])
      expectProblem(await bob.request({ url: `/v1/analyses/${id}${path}` }), 'not-found');
    expect((await bob.request({ url: '/v1/analyses' })).json()).toEqual({ items: [] });
  });

  it.each(['01JNWX5T8Q2V7C4M9Z3B6D1FGH', 'x', '..', '%2e%2e%2fmodels', 'a'.repeat(90)])(
    'that never was is not found: %s',
    async (id) => {
      const test = await withData();
      expectProblem(await test.ada.request({ url: `/v1/analyses/${id}/result` }), 'not-found');
    },
  );

  it('asks for patience while it is queued', async () => {
    const { ada } = await withData();
    const id = await analysisOf(ada);
    for (const path of ['/result', '/actogram.svg']) {
      const answer = await ada.request({ url: `/v1/analyses/${id}${path}` });
      expectProblem(answer, 'not-ready');
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
  });

  it('that failed explains itself', async () => {
    const { ada, cloud } = await withData();
    const id = await analysisOf(ada);
    const failure = { code: 'invalid-input', detail: 'All minutes are equal.' } as const;
    await failAsWorker(cloud, ada.userId, id, failure);
    const body = expectProblem(
      await ada.request({ url: `/v1/analyses/${id}/result` }),
      'analysis-failed',
    );
    expect(body).toMatchObject({ detail: failure.detail, failure });
    expect((await ada.request({ url: `/v1/analyses/${id}` })).json()).toMatchObject({
      status: 'failed',
      failure,
    });
  });

  it('does not hand out a result that is not the one recorded', async () => {
    const { ada, cloud, logs } = await withData();
    const id = await analysisOf(ada);
    const key = await endAsWorker(cloud, ada.userId, id, resultFor(id));
    await cloud.objects.put(key, Buffer.from('{}'), { contentType: 'application/json' });
    const body = expectProblem(
      await ada.request({ url: `/v1/analyses/${id}/result` }),
      'internal-error',
    );
    expect(JSON.stringify(body)).not.toContain('hash');
    expect(logs.join('')).toContain('does not hash to what was recorded');
  });

  it.each([
    ['a result that is not one', '/result', 'result.json'],
    ['a result that is not one, for the picture', '/actogram.svg', 'result.json'],
    ['an input that is not one', '/actogram.svg', 'input.json'],
  ])("that was stored malformed is our fault, not the client's: %s", async (_what, path, file) => {
    const { ada, cloud, logs } = await withData();
    const id = await analysisOf(ada);
    await endAsWorker(cloud, ada.userId, id, resultFor(id));
    const broken = Buffer.from('{"schema":1}');
    const sha256 = sha256Of(broken);
    await cloud.objects.put(`analyses/${id}/${file}`, broken, { contentType: 'application/json' });
    const findAnalysis = cloud.healthData.findAnalysis.bind(cloud.healthData);
    jest.spyOn(cloud.healthData, 'findAnalysis').mockImplementation(async (...args) => {
      const analysis = await findAnalysis(...args);
      const part = file === 'input.json' ? 'input' : 'result';
      return (
        analysis &&
        ({
          ...analysis,
          [part]: { ...analysis.result, key: `analyses/${id}/${file}`, sha256 },
        } as never)
      );
    });
    expectProblem(await ada.request({ url: `/v1/analyses/${id}${path}` }), 'internal-error');
    expect(logs.join('')).toMatch(/The analysis (input|result) is malformed/);
  });

  it('needs a model manifest that can be read', async () => {
    const { ada, cloud } = await withData();
    await cloud.objects.put('models/pat-s/manifest.json', Buffer.from('{}'), {
      contentType: 'application/json',
    });
    expectProblem(await ada.request(ask), 'internal-error');
    expectProblem(await ada.request({ url: '/v1/models' }), 'internal-error');
  });

  it('is not sent again to a client that has it', async () => {
    const { ada, cloud } = await withData();
    const id = await analysisOf(ada);
    await endAsWorker(cloud, ada.userId, id, resultFor(id));
    for (const path of ['/result', '/actogram.svg']) {
      const url = `/v1/analyses/${id}${path}`;
      const { etag } = (await ada.request({ url })).headers;
      const again = await ada.request({ url, headers: { 'if-none-match': `"x", W/${etag}` } });
      expect([again.statusCode, again.body]).toEqual([304, '']);
      expect(again.headers['cache-control']).toBe('private, no-cache');
    }
  });

  it('is listed newest first, page by page', async () => {
    const { ada, clock } = await withData();
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      clock.now += 1_000;
      ids.unshift(await analysisOf(ada));
    }
    const first = (await ada.request({ url: '/v1/analyses?limit=2' })).json();
    const rest = (
      await ada.request({ url: '/v1/analyses', query: { cursor: first.nextCursor } })
    ).json();
    const listed = [...first.items, ...rest.items].map(({ id }: { id: string }) => id);
    expect(listed).toEqual(ids);
    expect(rest.nextCursor).toBeUndefined();
  });
});
