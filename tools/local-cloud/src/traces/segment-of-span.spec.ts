import { otlpSpans } from './otlp-spans';
import { segmentOfSpan } from './segment-of-span';

const now = Date.UTC(2026, 10, 28, 12);
const time = Math.floor(now / 1_000).toString(16);
const traceId = `${time}0123456789abcdef01234567`;
const start = BigInt(now) * 1_000_000n;

interface Given {
  readonly traceId?: string;
  readonly parentSpanId?: string;
  readonly kind?: number;
  readonly status?: { readonly code: number };
  readonly attributes?: Readonly<Record<string, string | number>>;
}

function segmentOf({ attributes = {}, ...given }: Given) {
  const listed = Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? { stringValue: value } : { intValue: value },
  }));
  const [span] = otlpSpans(
    JSON.stringify({
      resourceSpans: [
        {
          resource: {
            attributes: [
              { key: 'service.name', value: { stringValue: 'clarity-dev-api' } },
              { key: 'service.version', value: { stringValue: 'v7' } },
            ],
          },
          scopeSpans: [
            {
              spans: [
                {
                  traceId,
                  spanId: '00f067aa0ba902b7',
                  name: 'a span',
                  kind: 1,
                  startTimeUnixNano: String(start),
                  endTimeUnixNano: String(start + 250_000_000n),
                  attributes: listed,
                  ...given,
                },
              ],
            },
          ],
        },
      ],
    }),
  );
  return span && segmentOfSpan(span, now);
}
const parentSpanId = 'b7ad6b7169203331';

test("a server's span is a segment of its service, searchable by route", () => {
  const attributes = {
    'http.request.method': 'GET',
    'http.route': '/v1/models',
    'http.response.status_code': 200,
    other: 'detail',
  };
  expect(segmentOf({ kind: 2, parentSpanId, attributes })).toEqual({
    id: '00f067aa0ba902b7',
    trace_id: `1-${time}-0123456789abcdef01234567`,
    parent_id: parentSpanId,
    name: 'clarity-dev-api',
    start_time: now / 1_000,
    end_time: now / 1_000 + 0.25,
    http: { request: { method: 'GET' }, response: { status: 200 } },
    service: { version: 'v7' },
    annotations: { 'http.route': '/v1/models', 'http.response.status_code': 200 },
    metadata: {
      default: {
        'http.request.method': 'GET',
        other: 'detail',
        'otel.resource.service.name': 'clarity-dev-api',
        'otel.resource.service.version': 'v7',
      },
    },
  });
});

test('a call of AWS is a subsegment with the name of the service', () => {
  const attributes = {
    'rpc.system': 'aws-api',
    'rpc.service': 'DynamoDB',
    'rpc.method': 'GetItem',
    'aws.region': 'eu-central-1',
    'aws.request_id': 'r1',
  };
  expect(segmentOf({ kind: 3, parentSpanId, attributes })).toMatchObject({
    type: 'subsegment',
    name: 'DynamoDB',
    namespace: 'aws',
    aws: { operation: 'GetItem', region: 'eu-central-1', request_id: 'r1' },
    metadata: { default: {} },
  });
});

test('any other span is a subsegment by its own name, but the first of a trace is a segment', () => {
  expect(segmentOf({ parentSpanId })).toMatchObject({ type: 'subsegment', name: 'a span' });
  expect(segmentOf({})).not.toHaveProperty('type');
});

test.each([
  [500, { fault: true }],
  [404, { error: true }],
  [429, { error: true, throttle: true }],
])('a failure answered %d is %j', (status, expected) => {
  const attributes = { 'http.response.status_code': status };
  expect(segmentOf({ status: { code: 2 }, attributes })).toMatchObject(expected);
  expect(segmentOf({ attributes })).not.toHaveProperty('fault');
});

test('a trace whose id does not begin with a time of the last weeks is dropped', () => {
  expect(segmentOf({ traceId: '0af7651916cd43dd8448eb211c80319c' })).toBeUndefined();
  expect(segmentOf({ traceId: 'ffffffff16cd43dd8448eb211c80319c' })).toBeUndefined();
});

test.each(['', '{}', '{"resourceSpans":[{"scopeSpans":[{"spans":[{}]}]}]}'])(
  'refuses %j',
  (body) => {
    expect(() => otlpSpans(body)).toThrow(/^The OTLP request is/);
  },
);
