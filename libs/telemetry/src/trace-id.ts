import { isSpanContextValid, trace } from '@opentelemetry/api';

const daySeconds = 86_400;
/** The collector's exporter for X-Ray: at most 28 days ago, and 5 min ahead for clocks that differ. */
const oldestSeconds = 28 * daySeconds;
const aheadSeconds = 300;

/**
 * Whether X-Ray takes traces with this id: it begins with the time, which ids of other makers do not.
 * @param now epoch milliseconds
 */
export function isXrayTrace(traceId: string, now: number): boolean {
  const age = now / 1_000 - Number.parseInt(traceId.slice(0, 8), 16);
  return age <= oldestSeconds && age >= -aheadSeconds;
}

/**
 * The active trace's id as X-Ray shows it, which is also how CloudWatch finds the log lines of a trace.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-traceids
 */
export function activeTraceId(): string | undefined {
  const active = trace.getActiveSpan()?.spanContext();
  if (active === undefined || !isSpanContextValid(active)) return undefined;
  return `1-${active.traceId.slice(0, 8)}-${active.traceId.slice(8)}`;
}
