import type { Sample } from '@clarity/domain';
import { appUnderTest, wednesday } from '../../../test/app-under-test';
import { minuteSample, minuteSamples, uuidOf } from '../../../test/fixtures/week-of-minutes';
import { expectProblem } from '../../../test/problem-matcher';

const batch = (samples: unknown) => ({
  method: 'POST' as const,
  url: '/v1/samples:batch',
  payload: { samples } as object,
});
const day = {
  type: 'activity_count',
  from: '2025-03-03T00:00:00+01:00',
  to: '2025-03-04T00:00:00+01:00',
};

const later = new Date(wednesday + 3_600_000).toISOString();

describe('POST /v1/samples:batch', () => {
  it('tells each sample what became of it, in order, and stores the valid ones only', async () => {
    const { cloud, signUp } = await appUnderTest();
    const ada = await signUp();
    await ada.request(batch([minuteSample(1)]));
    const answer = await ada.request(
      batch([
        { ...minuteSample(2), value: -1, unit: 'm' },
        minuteSample(1),
        minuteSample(3),
        { ...minuteSample(3), id: uuidOf(3).toUpperCase() },
        null,
        { ...minuteSample(4), start: later, end: later },
      ]),
    );
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      created: 1,
      duplicates: 2,
      rejected: 3,
      outcomes: [
        {
          outcome: 'rejected',
          errors: [
            { pointer: '/unit', detail: 'must be {counts} for activity_count' },
            { pointer: '/value', detail: 'must be a number from 0 to 1000000' },
          ],
        },
        { outcome: 'duplicate' },
        { outcome: 'created' },
        { outcome: 'duplicate' },
        { outcome: 'rejected', errors: [{ pointer: '', detail: 'must be an object' }] },
        { outcome: 'rejected', errors: [{ pointer: '/end', detail: 'is in the future' }] },
      ],
    });
    const stored = cloud.healthData.samplesOf(ada.userId as never).map(({ id }) => id);
    expect(stored.sort()).toEqual([uuidOf(1), uuidOf(3)]);
  });

  it('takes 10,000 samples and not one more', async () => {
    const { cloud, signUp } = await appUnderTest();
    const ada = await signUp();
    expectProblem(await ada.request(batch(minuteSamples(0, 10_001))), 'payload-too-large');
    expect(cloud.healthData.samplesOf(ada.userId as never)).toEqual([]);
    const full = await ada.request(batch(minuteSamples(0, 10_000)));
    expect(full.json()).toMatchObject({ created: 10_000 });
  });

  it('takes 8 MiB and not more', async () => {
    const { signUp } = await appUnderTest();
    const ada = await signUp();
    const padded = { ...minuteSample(0), source: 'x'.repeat(8 * 1024 * 1024) };
    expectProblem(await ada.request(batch([padded])), 'payload-too-large');
  });

  it('points at what is wrong with the frame', async () => {
    const { signUp } = await appUnderTest();
    const ada = await signUp();
    const body = expectProblem(
      await ada.request({ ...batch({}), payload: { sample: [], userId: 'bob' } }),
      'invalid-input',
    );
    expect(body['errors']).toEqual([
      { in: 'body', pointer: '/samples', detail: 'is missing' },
      { in: 'body', pointer: '/sample', detail: 'is not known here' },
      { in: 'body', pointer: '/userId', detail: 'is not known here' },
    ]);
  });
});

describe('GET /v1/samples', () => {
  it('pages through a span by signed cursors, each sample once', async () => {
    const { signUp } = await appUnderTest();
    const ada = await signUp();
    const samples = minuteSamples(0, 25);
    await ada.request(batch(samples));
    const seen: Sample[] = [];
    let cursor: string | undefined;
    do {
      const page = await ada.request({
        url: '/v1/samples',
        query: { ...day, limit: '10', ...(cursor === undefined ? {} : { cursor }) },
      });
      expect(page.statusCode).toBe(200);
      seen.push(...page.json().items);
      cursor = page.json().nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(samples);
  });

  it('gives every kind of value back as it came', async () => {
    const { signUp } = await appUnderTest();
    const ada = await signUp();
    const pressure = {
      ...minuteSample(0),
      type: 'blood_pressure',
      value: { systolic: 120, diastolic: 80 },
      unit: 'mm[Hg]',
      device: 'cuff',
    };
    const stage = { ...minuteSample(1), type: 'sleep_analysis', value: 'rem', unit: '1' };
    const temperature = { ...minuteSample(2), type: 'body_temperature', value: 36.6, unit: 'Cel' };
    await ada.request(batch([pressure, stage, temperature]));
    for (const sample of [pressure, stage, temperature]) {
      const page = await ada.request({ url: '/v1/samples', query: { ...day, type: sample.type } });
      expect(page.json()).toEqual({ items: [sample] });
    }
  });

  it('refuses a cursor that was altered, or made for another user or query', async () => {
    const { signUp } = await appUnderTest();
    const [ada, bob] = [await signUp('ada@example.org'), await signUp('bob@example.org')];
    await ada.request(batch(minuteSamples(0, 5)));
    const query = { ...day, limit: '2' };
    const { nextCursor } = (await ada.request({ url: '/v1/samples', query })).json();
    const ask = (user: typeof ada, more: object) =>
      user.request({ url: '/v1/samples', query: { ...query, cursor: nextCursor, ...more } });
    expect((await ask(ada, {})).statusCode).toBe(200);
    expectProblem(await ask(ada, { cursor: `x${nextCursor}` }), 'invalid-cursor');
    expectProblem(await ask(ada, { from: '2025-03-02T00:00:00Z' }), 'invalid-cursor');
    expectProblem(await ask(bob, {}), 'invalid-cursor');
  });

  it.each([
    ['an unknown type', { ...day, type: 'shoe_size' }, '/type'],
    ['a local time', { ...day, from: '2025-03-03T00:00:00' }, '/from'],
    ['an empty span', { ...day, to: day.from }, '/to'],
    ['a broken limit', { ...day, limit: '5.5' }, '/limit'],
    ['too much at once', { ...day, limit: '5001' }, '/limit'],
    ['a resolution, which is not there yet', { ...day, resolution: 'PT1H' }, '/resolution'],
  ])('refuses %s', async (_what, query, pointer) => {
    const { signUp } = await appUnderTest();
    const ada = await signUp();
    const body = expectProblem(await ada.request({ url: '/v1/samples', query }), 'invalid-input');
    expect(body['errors']).toContainEqual(expect.objectContaining({ in: 'query', pointer }));
  });
});
