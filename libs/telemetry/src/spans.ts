import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type SpanOptions,
} from '@opentelemetry/api';
import { isXrayTrace } from './trace-id';

export {
  context as activeContext,
  SpanKind,
  SpanStatusCode,
  type Attributes,
  type Span,
} from '@opentelemetry/api';

/**
 * Spans of our own. Attributes never name a person, nor an id of one's data: everyone who operates the service
 * reads traces. Without startTracing all of this does nothing.
 */
const tracer = () => trace.getTracer('clarity');

/**
 * Starts a span that its caller ends, as the first of this process. A trace that X-Ray would drop is not continued.
 * @param carrier headers or fields of a message with the context of the caller
 * @returns the span, and the context in which its children start
 */
export function startRemoteSpan(
  name: string,
  options: SpanOptions,
  carrier: Readonly<Record<string, unknown>>,
): { readonly span: Span; readonly within: Context } {
  const given = propagation.extract(ROOT_CONTEXT, carrier);
  const { traceId = '' } = trace.getSpanContext(given) ?? {};
  const parent = isXrayTrace(traceId, Date.now()) ? given : ROOT_CONTEXT;
  const span = tracer().startSpan(name, options, parent);
  return { span, within: trace.setSpan(parent, span) };
}

/** Does `work` in a span that ends with it; a failure is noted by the error's name. */
export function inSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  return tracer().startActiveSpan(name, options, (span) => untilDone(span, work));
}

/** As {@link inSpan}, but only within another span: work that belongs to nothing has no trace. */
export function inChildSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: Span | undefined) => Promise<T>,
): Promise<T> {
  return trace.getActiveSpan() === undefined ? work(undefined) : inSpan(name, options, work);
}

/** Continues the trace of a message's sender with a span around `work`. */
export function inRemoteSpan<T>(
  name: string,
  options: SpanOptions,
  carrier: Readonly<Record<string, unknown>>,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const { span, within } = startRemoteSpan(name, options, carrier);
  return context.with(within, () => untilDone(span, work));
}

async function untilDone<T>(span: Span, work: (span: Span) => Promise<T>): Promise<T> {
  try {
    return await work(span);
  } catch (error) {
    span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

/** The active context for a message to another process, as W3C traceparent; undefined if there is none. */
export function traceparent(): string | undefined {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier['traceparent'];
}
