import type { AttributeValue, OtlpSpan } from './otlp-spans';

/** A segment document of X-Ray, as much as our collector writes. */
export interface Segment {
  readonly id: string;
  readonly trace_id: string;
  readonly parent_id?: string;
  readonly type?: 'subsegment';
  readonly name: string;
  readonly namespace?: 'aws' | 'remote';
  /** Epoch seconds. */
  readonly start_time: number;
  readonly end_time: number;
  /** The server failed. */
  readonly fault?: true;
  /** The client did. */
  readonly error?: true;
  readonly throttle?: true;
  readonly http?: object;
  readonly aws?: Partial<Record<'operation' | 'region' | 'request_id', string>>;
  readonly service?: object;
  readonly annotations: Readonly<Record<string, AttributeValue>>;
  readonly metadata: { readonly default: Readonly<Record<string, AttributeValue>> };
}

const server = 2;
const client = 3;
const errorStatus = 2;

/** `indexed_attributes` of our collector's configuration: the only ones that can be searched for. */
const indexed = new Set(['http.route', 'http.response.status_code']);
/** They have places of their own in a segment. */
const placed = new Set(['rpc.system', 'rpc.service', 'rpc.method', 'aws.region', 'aws.request_id']);

const day = 86_400;
/** The collector drops traces whose id is not of the last 28 days; 5 min are allowed for clocks. */
const oldest = 28 * day;
const ahead = 300;

/**
 * A span as the collector's X-Ray exporter writes it: spans of servers and first spans are segments, all others
 * subsegments.
 * https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/awsxrayexporter
 * @param now epoch milliseconds
 * @returns undefined for a trace that the exporter drops
 */
export function segmentOfSpan(span: OtlpSpan, now: number): Segment | undefined {
  const { attributes, resource, kind, parentSpanId } = span;
  const startedAt = Number.parseInt(span.traceId.slice(0, 8), 16);
  const age = now / 1_000 - startedAt;
  if (age > oldest || age < -ahead) return undefined;
  const fromAws = attributes.get('rpc.system') === 'aws-api';
  const isSegment = kind === server || !parentSpanId;
  return {
    id: span.spanId,
    trace_id: `1-${span.traceId.slice(0, 8)}-${span.traceId.slice(8)}`,
    ...(parentSpanId ? { parent_id: parentSpanId } : {}),
    ...(isSegment ? {} : { type: 'subsegment' }),
    name: nameOf(span),
    ...(fromAws ? { namespace: 'aws' } : kind === client ? { namespace: 'remote' } : {}),
    start_time: seconds(span.startTimeUnixNano),
    end_time: seconds(span.endTimeUnixNano),
    ...failureOf(span),
    ...httpOf(span),
    ...(fromAws ? { aws: awsOf(span) } : {}),
    ...(resource.has('service.version')
      ? { service: { version: resource.get('service.version') } }
      : {}),
    annotations: Object.fromEntries([...attributes].filter(([key]) => indexed.has(key))),
    metadata: {
      default: {
        ...Object.fromEntries(
          [...attributes].filter(([key]) => !indexed.has(key) && !placed.has(key)),
        ),
        ...(isSegment
          ? Object.fromEntries([...resource].map(([key, value]) => [`otel.resource.${key}`, value]))
          : {}),
      },
    },
  };
}

/** Epoch seconds with microseconds: more digits than a number has would be noise. */
const seconds = (nanoseconds: string | number): number =>
  Number(BigInt(nanoseconds) / 1_000n) / 1e6;

/** X-Ray names services, not operations. */
function nameOf({ attributes, resource, kind, name }: OtlpSpan): string {
  const service = kind === server ? resource.get('service.name') : undefined;
  return String(service ?? attributes.get('rpc.service') ?? name)
    .replace(/[^\p{L}\p{N}\s_.:/%&#=+\\\-@]/gu, '')
    .slice(0, 200);
}

function failureOf({
  status,
  attributes,
}: OtlpSpan): Pick<Segment, 'fault' | 'error' | 'throttle'> {
  if (status?.code !== errorStatus) return {};
  const answer = Number(attributes.get('http.response.status_code') ?? 500);
  if (answer === 429) return { error: true, throttle: true };
  return answer >= 400 && answer < 500 ? { error: true } : { fault: true };
}

function httpOf({ attributes }: OtlpSpan): Pick<Segment, 'http'> {
  const method = attributes.get('http.request.method');
  const status = attributes.get('http.response.status_code');
  if (method === undefined && status === undefined) return {};
  return {
    http: {
      ...(method === undefined ? {} : { request: { method } }),
      ...(status === undefined ? {} : { response: { status } }),
    },
  };
}

function awsOf({ attributes }: OtlpSpan): NonNullable<Segment['aws']> {
  const places = {
    operation: 'rpc.method',
    region: 'aws.region',
    request_id: 'aws.request_id',
  };
  return Object.fromEntries(
    Object.entries(places).flatMap(([name, key]) =>
      attributes.has(key) ? [[name, String(attributes.get(key))]] : [],
    ),
  );
}
