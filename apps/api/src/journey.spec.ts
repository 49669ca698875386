import {
  analysisInputSchema,
  analysisRequestedSchema,
  decodeCounts,
  type AnalysisResult,
} from '@clarity/domain';
import { parser, sha256Of } from '@clarity/schema';
import { appUnderTest, password } from '../test/app-under-test';
import { resultFor } from '../test/fixtures/analysis-result';
import { berlin, minuteSamples, monday, nightSample } from '../test/fixtures/week-of-minutes';
import { endAsWorker } from '../test/worker';

describe('a week, from the first account to the picture', () => {
  it('is uploaded, analysed and answered', async () => {
    const { cloud, signUp, logs } = await appUnderTest();
    const ada = await signUp('ada@example.org');

    for (const samples of [minuteSamples(0, 6_000), minuteSamples(6_000, 10_080)]) {
      const uploaded = await ada.request({
        method: 'POST',
        url: '/v1/samples:batch',
        payload: { samples },
      });
      expect(uploaded.statusCode).toBe(200);
      expect(uploaded.json()).toMatchObject({
        created: samples.length,
        duplicates: 0,
        rejected: 0,
      });
    }
    await ada.request({
      method: 'POST',
      url: '/v1/samples:batch',
      payload: {
        samples: [
          nightSample(1, '2025-03-02T23:00:00+01:00', '2025-03-03T07:00:00+01:00'),
          nightSample(2, '2025-03-03T23:00:00+01:00', '2025-03-04T06:30:00+01:00'),
        ],
      },
    });

    const asked = await ada.request({
      method: 'POST',
      url: '/v1/analyses',
      payload: {
        from: monday,
        timeZone: berlin,
        countScaling: { coleKripkeDivisor: 100, sadehCap: 300 },
      },
    });
    expect(asked.statusCode).toBe(202);
    const { id } = asked.json<{ id: string }>();
    expect(asked.headers.location).toBe(`/v1/analyses/${id}`);
    expect(Number(asked.headers['retry-after'])).toBeGreaterThan(0);

    const [event] = cloud.events.published;
    const job = parser('event', analysisRequestedSchema)(event);
    expect(job).toMatchObject({
      analysisId: id,
      userId: ada.userId,
      model: 'pat-s-synthetic',
    });
    const stored = await cloud.objects.get(job.input.key);
    const bytes = Buffer.from(stored?.bytes ?? []);
    expect(job.input.key).toBe(`analyses/${id}/input.json`);
    expect(sha256Of(bytes)).toBe(job.input.sha256);
    const input = parser('input', analysisInputSchema)(JSON.parse(bytes.toString()));
    expect(input).toMatchObject({
      analysisId: id,
      from: monday,
      timeZone: berlin,
      countScaling: { coleKripkeDivisor: 100, sadehCap: 300 },
      // The night before the week began is cut at minute 0.
      inBed: [
        { start: 0, end: 420 },
        { start: 1_380, end: 1_830 },
      ],
    });
    const expectedCounts = minuteSamples(0, 10_080).map(({ value }) => value);
    expect([...(decodeCounts(input.counts) ?? [])]).toEqual(expectedCounts);

    expect((await ada.request({ url: `/v1/analyses/${id}` })).json()).toMatchObject({
      status: 'queued',
      links: { self: `/v1/analyses/${id}` },
    });

    const result = resultFor(id);
    await endAsWorker(cloud, ada.userId, id, result);

    const status = (await ada.request({ url: `/v1/analyses/${id}` })).json();
    expect(status).toMatchObject({ status: 'completed', model: 'pat-s-synthetic' });
    const answered = await ada.request({ url: status.links.result });
    expect(answered.statusCode).toBe(200);
    expect(answered.json<AnalysisResult>()).toEqual(result);

    const picture = await ada.request({ url: status.links.actogram });
    expect(picture.statusCode).toBe(200);
    expect(picture.headers['content-type']).toBe('image/svg+xml; charset=utf-8');
    expect(picture.headers['content-security-policy']).toContain("default-src 'none'");
    expect(picture.headers['cache-control']).toContain('private');
    expect(picture.body).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);

    const list = (await ada.request({ url: '/v1/analyses' })).json();
    expect(list.items.map((item: { id: string }) => item.id)).toEqual([id]);

    const logged = logs.join('');
    for (const secret of [password, ada.accessToken, 'ada@example.org', monday, 'Bearer'])
      expect(logged).not.toContain(secret);
    expect(logged).toContain('"route":"/v1/samples:batch"');
  });
});
