import { parser } from '@clarity/schema';
import Type from 'typebox';

/** `name=ratio`, separated by commas; a name may have blanks. */
const ratios = '^([^=,]+=(0(\\.[0-9]+)?|1)(,|$))*$';

/**
 * The variables are OpenTelemetry's own, but for TRACE_RATIOS.
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
const parseEnvironment = parser(
  'environment',
  Type.Object({
    OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(Type.String({ pattern: '^https?://' })),
    OTEL_SERVICE_NAME: Type.Optional(Type.String()),
    OTEL_RESOURCE_ATTRIBUTES: Type.Optional(Type.String()),
    OTEL_TRACES_SAMPLER_ARG: Type.Optional(Type.String({ pattern: '^(0(\\.[0-9]+)?|1)$' })),
    TRACE_RATIOS: Type.Optional(Type.String({ pattern: ratios })),
  }),
);

export interface TelemetryConfig {
  /** Of a collector that takes OTLP as JSON; no traces without one. */
  readonly endpoint: string | undefined;
  /** Names the service in its environment; no metrics without one. */
  readonly service: string | undefined;
  /** Of every span, e.g. `service.version`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The share of traces that are recorded, 0 to 1. */
  readonly ratio: number;
  /** Name of a trace's first span → its own ratio. */
  readonly ratios: ReadonlyMap<string, number>;
}

/**
 * @param env usually process.env
 * @throws ValidationError, a pointer for each variable that is wrong
 */
export function readTelemetryConfig(
  env: Readonly<Record<string, string | undefined>>,
): TelemetryConfig {
  const given = parseEnvironment(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')),
  );
  return {
    endpoint: given.OTEL_EXPORTER_OTLP_ENDPOINT,
    service: given.OTEL_SERVICE_NAME,
    attributes: Object.fromEntries(pairs(given.OTEL_RESOURCE_ATTRIBUTES)),
    ratio: Number(given.OTEL_TRACES_SAMPLER_ARG ?? 1),
    ratios: new Map(pairs(given.TRACE_RATIOS).map(([name, ratio]) => [name, Number(ratio)])),
  };
}

function pairs(text = ''): [string, string][] {
  return text.split(',').flatMap((pair): [string, string][] => {
    const at = pair.indexOf('=');
    return at === -1 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()]];
  });
}
