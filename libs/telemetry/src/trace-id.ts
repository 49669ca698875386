import { isSpanContextValid, trace } from '@opentelemetry/api';

/**
 * The active trace's id as X-Ray shows it, which is also how CloudWatch finds the log lines of a trace.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-traceids
 */
export function activeTraceId(): string | undefined {
  const active = trace.getActiveSpan()?.spanContext();
  if (active === undefined || !isSpanContextValid(active)) return undefined;
  return `1-${active.traceId.slice(0, 8)}-${active.traceId.slice(8)}`;
}
