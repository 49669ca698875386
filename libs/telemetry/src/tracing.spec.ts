import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from './logger';
import { sampleRoots } from './sample-roots';
import { inChildSpan, inRemoteSpan, inSpan, startSpanOfStranger, traceparent } from './spans';
import { startTracing } from './start-tracing';
import { readTelemetryConfig } from './telemetry-config';
import { context, propagation, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-node';

interface SentSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly status: { readonly code?: number };
  readonly attributes: readonly { readonly key: string }[];
}

const received: SentSpan[] = [];
let collector: Server;
let status = 200;
beforeEach(async () => {
  received.length = 0;
  status = 200;
  collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString());
      for (const { scopeSpans } of resourceSpans)
        for (const { spans } of scopeSpans) received.push(...spans);
      response.writeHead(status).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
});
afterEach(async () => {
  trace.disable();
  context.disable();
  propagation.disable();
  collector.closeAllConnections();
  collector.close();
});

function tracing(env: Record<string, string> = {}, report: (reason: string) => void = () => {}) {
  const OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  return startTracing(readTelemetryConfig({ OTEL_EXPORTER_OTLP_ENDPOINT, ...env }), report);
}
/** X-Ray's ids begin with the time. */
const time = Math.floor(Date.now() / 1_000).toString(16);
const named = (name: string) => received.find((span) => span.name === name);

test('a message carries the trace of its sender, and the work on it continues that trace', async () => {
  const { stop } = tracing();
  const sent = await inSpan('request', {}, async () => ({ traceparent: traceparent() }));
  await inRemoteSpan('job', {}, sent, () => inChildSpan('step', {}, async () => undefined));
  await stop();
  const [request, job, step] = [named('request'), named('job'), named('step')];
  expect(job).toMatchObject({ traceId: request?.traceId, parentSpanId: request?.spanId });
  expect(step).toMatchObject({ traceId: request?.traceId, parentSpanId: job?.spanId });
  const startedAt = Number.parseInt(request?.traceId.slice(0, 8) ?? '', 16);
  expect(Math.abs(startedAt - Date.now() / 1000)).toBeLessThan(60);
});

test('after its end nothing has a trace', async () => {
  const { stop } = tracing();
  await inSpan('request', {}, async () => undefined);
  await stop();
  await inSpan('afterwards', {}, async () => expect(traceparent()).toBeUndefined());
  expect(received.map(({ name }) => name)).toEqual(['request']);
});

test("the balancer's trace header is continued, a traceparent goes before it", async () => {
  const { stop } = tracing();
  const balancer = `Root=1-${time}-0123456789abcdef01234567;Parent=00f067aa0ba902b7;Sampled=1`;
  const caller = `00-${time}00000000000000000000000a-b7ad6b7169203331-01`;
  const idle = async () => undefined;
  await inRemoteSpan('from the balancer', {}, { 'x-amzn-trace-id': balancer }, idle);
  const both = { 'x-amzn-trace-id': balancer, traceparent: caller };
  await inRemoteSpan('from a caller', {}, both, idle);
  await stop();
  expect(named('from the balancer')?.traceId).toBe(`${time}0123456789abcdef01234567`);
  expect(named('from a caller')?.traceId).toBe(`${time}00000000000000000000000a`);
});

test('a failure is an error by name, never by its message', async () => {
  const { stop } = tracing();
  const failing = inSpan('failing', {}, () => Promise.reject(new TypeError('ada@example.org')));
  await expect(failing).rejects.toThrow(TypeError);
  await stop();
  expect(named('failing')?.status.code).toBe(2);
  expect(JSON.stringify(received)).toContain('TypeError');
  expect(JSON.stringify(received)).not.toContain('ada@');
});

test('the ratio of the first span decides, and work on a message follows the decision of its sender', async () => {
  const { stop } = tracing({ OTEL_TRACES_SAMPLER_ARG: '0', TRACE_RATIOS: 'POST /v1/analyses=1' });
  const idle = async () => undefined;
  await inSpan('GET /v1/models', {}, () => inChildSpan('S3', {}, idle));
  await inSpan('POST /v1/analyses', {}, () => inChildSpan('SNS', {}, idle));
  const sampled = { traceparent: `00-${time}00000000000000000000000a-b7ad6b7169203331-01` };
  await inRemoteSpan('GET /v1/samples', {}, sampled, idle);
  const unsampled = { traceparent: `00-${time}00000000000000000000000b-b7ad6b7169203331-00` };
  await inRemoteSpan('POST /v1/analyses', {}, unsampled, idle);
  await stop();
  expect(received.map(({ name }) => name).sort()).toEqual([
    'GET /v1/samples',
    'POST /v1/analyses',
    'SNS',
  ]);
});

test('a message sent within a trace that is not recorded carries its id and that decision', async () => {
  const { stop } = tracing({ OTEL_TRACES_SAMPLER_ARG: '0' });
  const [around, sent] = await inSpan('request', {}, async () => [
    traceparent(),
    await inChildSpan('send', {}, async () => traceparent()),
  ]);
  expect(sent).toBe(around);
  expect(sent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  await stop();
  expect(received).toEqual([]);
});

test('a stranger decides neither by the flag nor by the id that their own trace is recorded', async () => {
  const { stop } = tracing({ OTEL_TRACES_SAMPLER_ARG: '0', TRACE_RATIOS: 'POST /v1/analyses=1' });
  const id = `${time}00000000000000000000000a`;
  const send = async (name: string, flag: string) => {
    const headers = { traceparent: `00-${id}-b7ad6b7169203331-${flag}` };
    const { span, within } = startSpanOfStranger(name, {}, headers);
    await context.with(within, () => inChildSpan(`${name}, call`, {}, async () => undefined));
    span.end();
    return traceparent(within);
  };
  expect(await send('GET /v1/samples', '01')).toMatch(new RegExp(`^00-${id}-.{16}-00$`));
  expect(await send('POST /v1/analyses', '00')).toMatch(new RegExp(`^00-${id}-.{16}-01$`));
  await stop();
  expect(received.map(({ name }) => name).sort()).toEqual([
    'POST /v1/analyses',
    'POST /v1/analyses, call',
  ]);
  expect(named('POST /v1/analyses')).toMatchObject({
    traceId: id,
    parentSpanId: 'b7ad6b7169203331',
  });
});

test('of traces with the same id, as many are recorded as the ratio has it', () => {
  const draws = [0.1, 0.9, 0.3, 0.6];
  const { shouldSample } = sampleRoots({ ratio: 0.5, ratios: new Map() }, () => draws.pop() ?? NaN);
  const recorded = [1, 2, 3, 4].map(
    () =>
      shouldSample(ROOT_CONTEXT, '0'.repeat(31) + '1', 'GET /', SpanKind.SERVER, {}, []).decision,
  );
  const { NOT_RECORD: no, RECORD_AND_SAMPLED: yes } = SamplingDecision;
  expect(recorded).toEqual([no, yes, no, yes]);
});

test('a trace that X-Ray would drop is not continued, nor is its decision', async () => {
  const { stop } = tracing({ OTEL_TRACES_SAMPLER_ARG: '0' });
  const foreign = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
  await inRemoteSpan('request', {}, foreign, async () => undefined);
  await stop();
  expect(received).toEqual([]);
});

test('work outside a trace starts none', async () => {
  const { stop } = tracing();
  await inChildSpan('long poll', {}, async () => undefined);
  await stop();
  expect(received).toEqual([]);
});

test('a collector that fails costs the spans and one report', async () => {
  const reports: string[] = [];
  const { stop } = tracing({}, (reason) => void reports.push(reason));
  status = 400;
  await inSpan('lost', {}, async () => undefined);
  await expect(stop()).resolves.toBeUndefined();
  expect(reports).toHaveLength(1);
});

test('without an endpoint spans cost nothing and a caller keeps its answer', async () => {
  const { stop } = startTracing(readTelemetryConfig({}), () => undefined);
  expect(await inSpan('any', {}, async () => traceparent())).toBeUndefined();
  await stop();
});

test('a log line names the trace that it belongs to, as X-Ray does', async () => {
  const { stop } = tracing();
  const lines: string[] = [];
  const log = createLogger('test', 'info', { write: (line: string) => void lines.push(line) });
  await inSpan('request', {}, async () => log.info('inside'));
  log.info('outside');
  await stop();
  const id = named('request')?.traceId ?? '';
  const [inside, outside] = lines.map((line) => JSON.parse(line));
  expect(inside.traceId).toBe(`1-${id.slice(0, 8)}-${id.slice(8)}`);
  expect(outside).not.toHaveProperty('traceId');
});

test.each([
  { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' },
  { OTEL_TRACES_SAMPLER_ARG: '20%' },
  { TRACE_RATIOS: 'POST /v1/analyses=2' },
])('refuses %j', (env) => {
  expect(() => readTelemetryConfig(env)).toThrow('The environment is malformed.');
});
