import { recordSpans } from '@clarity/telemetry/testing';
import { appUnderTest } from '../../test/app-under-test';
import { minuteSamples } from '../../test/fixtures/week-of-minutes';

let recorded: ReturnType<typeof recordSpans>;
beforeEach(() => (recorded = recordSpans()));
afterEach(() => recorded.stop());

/** X-Ray's ids begin with the time. */
const time = Math.floor(Date.now() / 1_000).toString(16);
const caller = `00-${time}16cd43dd8448eb211c80319c-b7ad6b7169203331-01`;

test("a request is a span of its caller's trace, by its route, and the answer names it", async () => {
  const { signUp } = await appUnderTest();
  const ada = await signUp();
  const headers = { traceparent: caller };
  const url = '/v1/analyses/01JNQXW2C0000000000000000?x=1';
  const answer = await ada.request({ url, headers });
  const span = recorded.spans().find(({ name }) => name === 'GET /v1/analyses/:id');
  expect(span?.spanContext().traceId).toBe(`${time}16cd43dd8448eb211c80319c`);
  expect(span?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
  const own = span?.spanContext().spanId;
  expect(answer.headers['traceparent']).toBe(`00-${time}16cd43dd8448eb211c80319c-${own}-01`);
  expect(span?.attributes).toEqual({
    'http.request.method': 'GET',
    'http.route': '/v1/analyses/:id',
    'http.response.status_code': expect.any(Number),
  });
  expect(JSON.stringify(span?.attributes)).not.toContain('01JNQ');
});

test('health checks are not traced', async () => {
  const { app } = await appUnderTest();
  await app.inject({ url: '/livez' });
  expect(recorded.spans()).toEqual([]);
});

test('work after a body belongs to the trace of its request, and so do its log lines', async () => {
  const { signUp, cloud, logs } = await appUnderTest();
  const ada = await signUp();
  cloud.healthData.failNext('unavailable');
  const payload = { samples: minuteSamples(0, 10) };
  const headers = { traceparent: caller, 'x-request-id': 'the-request' };
  const broken = { method: 'POST', url: '/v1/samples:batch', payload, headers } as const;
  expect((await ada.request(broken)).statusCode).toBe(503);
  const lines = logs
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ requestId }) => requestId === 'the-request');
  expect(lines.map(({ message }) => message)).toContain('request');
  for (const line of lines) expect(line['traceId']).toBe(`1-${time}-16cd43dd8448eb211c80319c`);
  const span = recorded.spans().find(({ name }) => name === 'POST /v1/samples:batch');
  expect(span).toMatchObject({ status: { code: 2 } });
});

test('a request that is not recorded has a trace in its answer and its log lines all the same', async () => {
  const { signUp, logs } = await appUnderTest();
  const ada = await signUp();
  const payload = { samples: minuteSamples(0, 10) };
  const headers = { traceparent: caller.replace(/01$/, '00'), 'x-request-id': 'the-request' };
  const answer = await ada.request({ method: 'POST', url: '/v1/samples:batch', payload, headers });
  const trace = `${time}16cd43dd8448eb211c80319c`;
  expect(answer.headers['traceparent']).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-00$`));
  const [line] = logs
    .map((each) => JSON.parse(each) as Record<string, unknown>)
    .filter(({ requestId }) => requestId === 'the-request');
  expect(line?.['traceId']).toBe(`1-${time}-16cd43dd8448eb211c80319c`);
  expect(recorded.spans().map(({ name }) => name)).not.toContain('POST /v1/samples:batch');
});
