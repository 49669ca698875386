import { jsonParser } from '@clarity/schema';
import Type, { type Static } from 'typebox';

const attribute = Type.Object({
  key: Type.String(),
  value: Type.Object({
    stringValue: Type.Optional(Type.String()),
    boolValue: Type.Optional(Type.Boolean()),
    /** 64 bits, as text. */
    intValue: Type.Optional(Type.Union([Type.String(), Type.Number()])),
    doubleValue: Type.Optional(Type.Number()),
  }),
});
const hex = (digits: number) => Type.String({ pattern: `^[0-9a-fA-F]{${digits}}$` });
const nanoseconds = Type.Union([Type.String({ pattern: '^[0-9]+$' }), Type.Integer()]);

const span = Type.Object({
  traceId: hex(32),
  spanId: hex(16),
  parentSpanId: Type.Optional(Type.String()),
  name: Type.String(),
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer */
  kind: Type.Optional(Type.Integer()),
  startTimeUnixNano: nanoseconds,
  endTimeUnixNano: nanoseconds,
  attributes: Type.Optional(Type.Array(attribute)),
  /** code 2: error */
  status: Type.Optional(Type.Object({ code: Type.Optional(Type.Integer()) })),
});

/** https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding, as far as X-Ray has use for it. */
const parseRequest = jsonParser(
  'OTLP request',
  Type.Object({
    resourceSpans: Type.Array(
      Type.Object({
        resource: Type.Optional(Type.Object({ attributes: Type.Optional(Type.Array(attribute)) })),
        scopeSpans: Type.Array(Type.Object({ spans: Type.Array(span) })),
      }),
    ),
  }),
);

export type AttributeValue = string | number | boolean;
export type Attributes = ReadonlyMap<string, AttributeValue>;

export interface OtlpSpan extends Omit<Static<typeof span>, 'attributes'> {
  readonly attributes: Attributes;
  /** What sent it: its service name, version, … */
  readonly resource: Attributes;
}

/**
 * The spans of a request to /v1/traces.
 * @throws ValidationError if it is not OTLP in JSON
 */
export function otlpSpans(body: string): readonly OtlpSpan[] {
  return parseRequest(body).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((each) => ({
        ...each,
        attributes: attributesOf(each.attributes),
        resource: attributesOf(resource?.attributes),
      })),
    ),
  );
}

function attributesOf(list: readonly Static<typeof attribute>[] = []): Attributes {
  return new Map(
    list.flatMap(({ key, value: { stringValue, boolValue, intValue, doubleValue } }) => {
      const int = intValue === undefined ? undefined : Number(intValue);
      const value = stringValue ?? boolValue ?? int ?? doubleValue;
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}
