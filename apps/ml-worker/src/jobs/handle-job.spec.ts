import { analysisResultSchema, DomainError, encodeCounts, type Analysis } from '@clarity/domain';
import { jsonParser } from '@clarity/schema';
import { aUser, inMemoryCloud, type InMemoryCloud } from '@clarity/domain/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { askFor, delivery, inputOf, week, workplace } from '../../test/queued-analysis';
import { furthest } from '../../test/golden';
import { selfTestedModel } from '../../test/self-tested';
import { SickModel } from '../inference/judged-inference';
import { handleJob } from './handle-job';

const parseResult = jsonParser('result', analysisResultSchema);
const resultKey = ({ id }: Analysis) => `analyses/${id}/result.json`;

async function stored(
  cloud: InMemoryCloud,
  { userId, id }: Analysis,
): Promise<Analysis | undefined> {
  return cloud.healthData.findAnalysis(userId, id);
}
async function resultText(cloud: InMemoryCloud, analysis: Analysis): Promise<string> {
  const object = await cloud.objects.get(resultKey(analysis));
  return Buffer.from(object?.bytes ?? []).toString('utf8');
}

test('a queued analysis ends completed, with its result stored and the job gone', async () => {
  const { cloud, handling, inference, logged } = workplace();
  const { analysis } = await askFor(cloud);
  await handleJob(await delivery(cloud), handling);

  const ended = await stored(cloud, analysis);
  expect(ended).toMatchObject({
    status: 'completed',
    endedAt: '2026-03-09T08:00:00.000Z',
    result: { bucket: cloud.objects.bucket, key: resultKey(analysis) },
  });
  const result = parseResult(await resultText(cloud, analysis));
  expect(result).toMatchObject({
    analysisId: analysis.id,
    model: { name: 'in-memory', weights: 'synthetic' },
    quality: { minutes: 10_080, missingMinutes: 0, missingShare: 0 },
  });
  const [embedding = []] = await inference.embed([week]);
  expect(result.embedding).toEqual([...embedding]);
  expect(cloud.analysisJobs.pending).toEqual([]);
  expect(logged()).toMatchObject([
    { analysisId: analysis.id, kind: 'done', settlement: 'complete' },
  ]);
});

describe('an input that cannot be analysed ends as failed, with the reason, and its job goes', () => {
  const nothing = encodeCounts(new Float32Array(10_080).fill(NaN));
  const negative = encodeCounts(week.slice().fill(-3, 17, 18));
  test.each<[string, (analysis: Analysis) => object | string, RegExp]>([
    ['no JSON', () => '{', /not JSON/],
    ['an unknown field', (a) => ({ ...inputOf(a), extra: 1 }), /malformed/],
    ['another analysis', (a) => ({ ...inputOf(a), analysisId: 'other' }), /another analysis/],
    ['too few minutes', (a) => inputOf(a, { counts: 'AAAA' }), /10080 minutes/],
    ['a week without data', (a) => inputOf(a, { counts: nothing }), /No minute .* measured/],
    ['a negative count', (a) => inputOf(a, { counts: negative }), /Minute 17 has -3 counts/],
    [
      'an empty interval',
      (a) => inputOf(a, { inBed: [{ start: 5, end: 5 }] }),
      /Empty in-bed interval/,
    ],
    [
      'overlapping intervals',
      (a) =>
        inputOf(a, {
          inBed: [
            { start: 0, end: 9 },
            { start: 8, end: 20 },
          ],
        }),
      /overlap at minute 8/,
    ],
  ])('%s', async (_, document, reason) => {
    const { cloud, handling } = workplace();
    const { analysis } = await askFor(cloud, document);
    await handleJob(await delivery(cloud), handling);
    expect(await stored(cloud, analysis)).toMatchObject({
      status: 'failed',
      failure: { code: 'invalid-input', detail: expect.stringMatching(reason) as string },
    });
    expect(cloud.objects.keys()).not.toContain(resultKey(analysis));
    expect(cloud.analysisJobs.pending).toEqual([]);
  });

  test('an input that is larger than a week can be', async () => {
    const { cloud, handling } = workplace();
    const { analysis } = await askFor(cloud, () => 'x'.repeat(300_000));
    await handleJob(await delivery(cloud), handling);
    expect((await stored(cloud, analysis))?.failure).toEqual({
      code: 'invalid-input',
      detail: 'The object has more than 262144 bytes.',
    });
    expect(cloud.analysisJobs.pending).toEqual([]);
  });

  test('bytes that are not those that were asked to be analysed', async () => {
    const { cloud, handling } = workplace();
    const { analysis } = await askFor(cloud);
    const other = Buffer.from(JSON.stringify(inputOf(analysis, { inBed: [] })));
    await cloud.objects.put(analysis.input.key, other, { contentType: 'application/json' });
    await handleJob(await delivery(cloud), handling);
    expect((await stored(cloud, analysis))?.failure?.detail).toMatch(/not what was asked/);
  });

  test('an input that is gone', async () => {
    const { cloud, handling } = workplace();
    const { analysis } = await askFor(cloud);
    await cloud.objects.delete(analysis.input.key);
    await handleJob(await delivery(cloud), handling);
    expect((await stored(cloud, analysis))?.failure?.code).toBe('input-missing');
  });
});

describe('a job that another worker may be able to do is left to it, for a while', () => {
  test('another model is asked for', async () => {
    let now = 0;
    const { cloud, handling, logged } = workplace(inMemoryCloud({ now: () => now }));
    const { analysis } = await askFor(cloud);
    const manifest = { ...handling.inference.manifest, name: 'pat-l' };
    const inference = { ...handling.inference, manifest };
    await handleJob(await delivery(cloud), { ...handling, inference });
    expect(logged().at(-1)).toMatchObject({ kind: 'elsewhere', settlement: 'postpone' });
    expect(await cloud.analysisJobs.receive({ max: 1, waitSeconds: 0 })).toEqual([]);
    now += 61_000;
    await handleJob(await delivery(cloud), handling);
    expect((await stored(cloud, analysis))?.status).toBe('completed');
  });

  test('its message is of a newer release', async () => {
    const { cloud, handling, logged } = workplace();
    const { analysis, message } = await askFor(cloud);
    await cloud.analysisJobs.complete((await delivery(cloud)).receipt);
    cloud.analysisJobs.send(JSON.stringify({ ...message, schema: 2 }));
    await handleJob(await delivery(cloud), handling);
    expect(logged().at(-1)).toMatchObject({ kind: 'elsewhere', settlement: 'postpone' });
    expect(await stored(cloud, analysis)).toEqual(analysis);
    expect(cloud.analysisJobs.pending).toHaveLength(1);
  });
});

describe('a message that is not to be believed changes nothing', () => {
  test("another user's analysis: refused once the miss is confirmed", async () => {
    let now = 0;
    const { cloud, handling, logged } = workplace(inMemoryCloud({ now: () => now }));
    const { analysis, message } = await askFor(cloud);
    await cloud.analysisJobs.complete((await delivery(cloud)).receipt);
    cloud.analysisJobs.send(JSON.stringify({ ...message, userId: aUser() }));
    await handleJob(await delivery(cloud), handling);
    expect(cloud.analysisJobs.pending).toHaveLength(1);
    now += 121_000;
    await handleJob(await delivery(cloud), handling);
    expect(cloud.analysisJobs.pending).toEqual([]);
    expect(logged().map(({ kind }) => kind)).toEqual(['again', 'refused']);
    expect(await stored(cloud, analysis)).toEqual(analysis);
  });

  test("another analysis's input", async () => {
    const { cloud, handling, logged } = workplace();
    const first = await askFor(cloud);
    const second = await askFor(cloud);
    for (const job of await cloud.analysisJobs.receive({ max: 2, waitSeconds: 0 }))
      await cloud.analysisJobs.complete(job.receipt);
    cloud.analysisJobs.send(JSON.stringify({ ...first.message, input: second.message.input }));
    await handleJob(await delivery(cloud), handling);
    expect(logged()).toMatchObject([{ kind: 'refused' }]);
    expect(await stored(cloud, first.analysis)).toEqual(first.analysis);
    expect(cloud.analysisJobs.pending).toEqual([]);
  });

  test('noise goes to the dead letters, and its content to no log', async () => {
    const { cloud, handling, logged } = workplace();
    cloud.analysisJobs.send('{"secretive": "content"}');
    for (let i = 0; i < 5; i++) await handleJob(await delivery(cloud), handling);
    expect(await cloud.analysisJobs.receive({ max: 1, waitSeconds: 0 })).toEqual([]);
    expect(cloud.analysisJobs.deadLetters).toEqual(['{"secretive": "content"}']);
    expect(JSON.stringify(logged())).not.toContain('content"');
  });
});

describe('after a failure between two steps the next delivery finishes and repeats nothing', () => {
  async function interrupted(fail: (cloud: InMemoryCloud) => void) {
    let now = 0;
    const { cloud, handling, inference, logged } = workplace(inMemoryCloud({ now: () => now }));
    const { analysis } = await askFor(cloud);
    const job = await delivery(cloud);
    fail(cloud);
    await handleJob(job, handling);
    const before = await resultText(cloud, analysis);
    expect(cloud.analysisJobs.pending).toHaveLength(1);
    now += 121_000;
    await handleJob(await delivery(cloud), handling);
    expect(cloud.analysisJobs.pending).toEqual([]);
    return { cloud, analysis, before, inference, logged };
  }

  /** Fails the n-th call of a method. */
  function breaking<T extends object>(port: T, method: keyof T): void {
    jest
      .spyOn(port as Record<string, () => unknown>, method as string)
      .mockImplementationOnce(() => {
        throw new Error('connection reset');
      });
  }

  test.each<[string, (cloud: InMemoryCloud) => void, boolean]>([
    ['finding the analysis', ({ healthData }) => healthData.failNext('unavailable'), false],
    ['reading the input', ({ objects }) => objects.failNext('unavailable'), false],
    ['putting the result', ({ objects }) => breaking(objects, 'put'), false],
    ['ending the analysis', ({ healthData }) => breaking(healthData, 'endAnalysis'), true],
    ['completing the job', ({ analysisJobs }) => breaking(analysisJobs, 'complete'), true],
  ])('%s', async (_, fail, resultWasThere) => {
    const { cloud, analysis, before } = await interrupted(fail);
    const after = await resultText(cloud, analysis);
    expect(before).toBe(resultWasThere ? after : '');
    expect((await stored(cloud, analysis))?.status).toBe('completed');
    expect(parseResult(after).analysisId).toBe(analysis.id);
  });

  test('a result that is there stays, and the analysis names its hash', async () => {
    const { cloud, handling } = workplace();
    const { analysis } = await askFor(cloud);
    await cloud.objects.put(resultKey(analysis), Buffer.from('first'), {
      contentType: 'text/plain',
    });
    await handleJob(await delivery(cloud), handling);
    expect(await resultText(cloud, analysis)).toBe('first');
    expect((await stored(cloud, analysis))?.result?.sha256).toBe(
      'a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e',
    );
  });

  test('a cancelled analysis stays cancelled', async () => {
    const { cloud, handling } = workplace();
    const { analysis } = await askFor(cloud);
    const cancelled = { status: 'cancelled', endedAt: '2026-03-09T07:00:00.000Z' } as const;
    await cloud.healthData.endAnalysis(analysis.userId, analysis.id, cancelled);
    // Of a delivery that was killed before it could look again.
    await cloud.objects.put(resultKey(analysis), Buffer.from('late'), {
      contentType: 'text/plain',
    });
    await handleJob(await delivery(cloud), handling);
    expect(await stored(cloud, analysis)).toEqual({ ...analysis, ...cancelled });
    expect(cloud.objects.keys()).not.toContain(resultKey(analysis));
    expect(cloud.analysisJobs.pending).toEqual([]);
  });

  test('an analysis that is cancelled while it is computed keeps no result', async () => {
    const { cloud, handling, inference } = workplace();
    const { analysis } = await askFor(cloud);
    const { embed } = inference;
    jest.spyOn(inference, 'embed').mockImplementationOnce(async (weeks) => {
      const end = { status: 'cancelled', endedAt: '2026-03-09T07:00:00.000Z' } as const;
      await cloud.healthData.endAnalysis(analysis.userId, analysis.id, end);
      return embed(weeks);
    });
    await handleJob(await delivery(cloud), handling);
    expect((await stored(cloud, analysis))?.status).toBe('cancelled');
    expect(cloud.objects.keys()).not.toContain(resultKey(analysis));
    expect(cloud.analysisJobs.pending).toEqual([]);
  });

  test('an analysis that is erased meanwhile leaves no result behind', async () => {
    const { cloud, handling } = workplace();
    const { analysis } = await askFor(cloud);
    cloud.healthData.failNext('not-found');
    const job = await delivery(cloud);
    const find = jest.spyOn(cloud.healthData, 'findAnalysis').mockResolvedValueOnce(analysis);
    await handleJob(job, handling);
    expect(find).toHaveBeenCalledTimes(1);
    expect(cloud.objects.keys()).not.toContain(resultKey(analysis));
    expect(cloud.analysisJobs.pending).toEqual([]);
  });

  test('a week that a healthy model fails on ends as failed', async () => {
    const { cloud, handling } = workplace();
    const { provider, judged } = await selfTestedModel();
    const { analysis } = await askFor(cloud);
    const { embed } = provider;
    jest.spyOn(provider, 'embed').mockImplementation(async (weeks) => {
      if (furthest(weeks[0] ?? [], week) === 0) throw new Error('kernel crashed');
      return embed(weeks);
    });
    await handleJob(await delivery(cloud), { ...handling, inference: judged.inference });
    expect(await stored(cloud, analysis)).toMatchObject({
      failure: { code: 'model-error', detail: expect.stringMatching(/twice/) as string },
    });
    expect(cloud.analysisJobs.pending).toEqual([]);
  });

  test('a sick model gives its jobs back, however often they were delivered', async () => {
    const { cloud, handling, logged } = workplace();
    const { provider, judged } = await selfTestedModel();
    const { analysis } = await askFor(cloud);
    jest.spyOn(provider, 'embed').mockRejectedValue(new Error('kernel crashed'));
    const job = { ...(await delivery(cloud)), deliveries: 5 };
    await handleJob(job, { ...handling, inference: judged.inference });
    expect((await stored(cloud, analysis))?.status).toBe('queued');
    expect(logged().at(-1)).toMatchObject({ kind: 'given-back', settlement: 'abandon' });
    expect(await delivery(cloud)).toMatchObject({ messageId: job.messageId });
  });

  test('a model that is briefly unavailable is never the fault of the week', async () => {
    const { cloud, handling, inference } = workplace();
    const { analysis } = await askFor(cloud);
    inference.failNext('unavailable');
    await handleJob({ ...(await delivery(cloud)), deliveries: 5 }, handling);
    expect((await stored(cloud, analysis))?.status).toBe('queued');
  });
});

describe('the settlement of a job', () => {
  test('follows the extension of its visibility that is under way', async () => {
    const { cloud, handling, inference } = workplace();
    await askFor(cloud);
    const job = await delivery(cloud);
    const hiddenFor: number[] = [];
    let begin = () => {};
    const underWay = new Promise<void>((resolve) => (begin = resolve));
    const extend = jest
      .spyOn(cloud.analysisJobs, 'extend')
      .mockImplementation(async (_, seconds) => {
        begin();
        if (seconds < 1) await delay(50);
        hiddenFor.push(seconds);
      });
    jest.spyOn(inference, 'embed').mockImplementation(async () => {
      await underWay;
      throw new DomainError('unavailable', 'The model is loading.');
    });
    await handleJob(job, { ...handling, visibilitySeconds: 0.3 });
    await Promise.all(extend.mock.results.map(({ value }) => value as Promise<void>));
    expect(hiddenFor.length).toBeGreaterThan(1);
    expect(hiddenFor.at(-1)).toBe(60);
  });

  test('that another worker has received meanwhile is left to it, and is not an outage', async () => {
    let now = 0;
    const { cloud, handling, inference, logged } = workplace(inMemoryCloud({ now: () => now }));
    await askFor(cloud);
    const job = await delivery(cloud);
    jest.spyOn(inference, 'embed').mockImplementation(async () => {
      now += 121_000;
      await delivery(cloud);
      throw new SickModel(new Error('kernel crashed'));
    });
    expect(await handleJob(job, handling)).toBe(true);
    expect(logged().at(-1)).toMatchObject({ kind: 'given-back', settlement: 'lost' });
  });
});
