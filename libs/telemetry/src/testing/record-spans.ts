import { context, propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-node';

/**
 * For a test: records every span of this process, instead of sending a share of them.
 * @returns the spans that have ended, and what ends the recording
 */
export function recordSpans(): {
  readonly spans: () => readonly ReadableSpan[];
  readonly stop: () => void;
} {
  const exporter = new InMemorySpanExporter();
  new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register({
    propagator: new W3CTraceContextPropagator(),
  });
  return {
    spans: () => exporter.getFinishedSpans(),
    stop() {
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}
