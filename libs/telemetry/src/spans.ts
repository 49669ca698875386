import {
  context,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
  type Span,
  type SpanOptions,
} from '@opentelemetry/api';
import { undecided } from './sample-roots';
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
 * Starts a span that its caller ends, for someone who may be anyone. It continues their trace, but whether it is
 * recorded is decided here: a stranger cannot make us pay for it.
 * @param headers with the context of the caller
 * @returns the span, and the context in which its children start
 */
export function startSpanOfStranger(
  name: string,
  options: SpanOptions,
  headers: Readonly<Record<string, unknown>>,
): { readonly span: Span; readonly within: Context } {
  const caller = contextIn(headers);
  const span = tracer().startSpan(name, options, undecided(caller));
  return { span, within: trace.setSpan(caller, span) };
}

/** The context in the headers or fields of a message. A trace that X-Ray would drop is not continued. */
function contextIn(carrier: Readonly<Record<string, unknown>>): Context {
  const given = propagation.extract(ROOT_CONTEXT, carrier);
  const { traceId = '' } = trace.getSpanContext(given) ?? {};
  return isXrayTrace(traceId, Date.now()) ? given : ROOT_CONTEXT;
}

/** Does `work` in a span that ends with it; a failure is noted by the error's name. */
export function inSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  return tracer().startActiveSpan(name, options, (span) => untilDone(span, work));
}

/**
 * As {@link inSpan}, but only within a span that is recorded: work that belongs to nothing has no trace, and a span
 * follows the decision of the one around it.
 */
export function inChildSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: Span | undefined) => Promise<T>,
): Promise<T> {
  return trace.getActiveSpan()?.isRecording() ? inSpan(name, options, work) : work(undefined);
}

/** Continues the trace of a message of ours, and its sender's decision to record it, with a span around `work`. */
export function inRemoteSpan<T>(
  name: string,
  options: SpanOptions,
  message: Readonly<Record<string, unknown>>,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  return context.with(contextIn(message), () => inSpan(name, options, work));
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

/**
 * A context as W3C traceparent, for a message to another process; undefined if it has no trace. It ends with `-01` if
 * the trace is recorded.
 */
export function traceparent(of: Context = context.active()): string | undefined {
  const span = trace.getSpanContext(of);
  if (span === undefined || !isSpanContextValid(span)) return undefined;
  return `00-${span.traceId}-${span.spanId}-0${span.traceFlags & TraceFlags.SAMPLED}`;
}
