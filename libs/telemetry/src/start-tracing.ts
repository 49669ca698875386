import { context, propagation, trace } from '@opentelemetry/api';
import { CompositePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { AWSXRayIdGenerator } from '@opentelemetry/id-generator-aws-xray';
import { AWSXRayPropagator } from '@opentelemetry/propagator-aws-xray';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { reportOutages } from './report-outages';
import { sampleRoots } from './sample-roots';
import type { TelemetryConfig } from './telemetry-config';

/** Milliseconds that one export may take; the collector is on the same host. */
const exportTimeout = 3_000;
/** Spans that wait for their export; more are dropped. About 2 MB. */
const mostWaiting = 2_048;

export interface Tracing {
  /** Records no more and sends what is waiting; ends after some seconds at most and never rejects. */
  stop(): Promise<void>;
}

/**
 * Records traces from now on and sends them to the collector as OTLP in JSON, every 5 s. Ids are X-Ray's: their
 * first 8 digits are the time. Does nothing if no endpoint is configured.
 * @param report told of the first of several failed exports
 */
export function startTracing(config: TelemetryConfig, report: (reason: string) => void): Tracing {
  if (config.endpoint === undefined) return { stop: async () => undefined };
  const exporter = new OTLPTraceExporter({
    url: `${config.endpoint.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: exportTimeout,
  });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': config.service ?? 'unknown',
      ...config.attributes,
    }),
    idGenerator: new AWSXRayIdGenerator(),
    sampler: sampleRoots(config),
    spanProcessors: [
      new BatchSpanProcessor(reportOutages(exporter, report), {
        maxQueueSize: mostWaiting,
        exportTimeoutMillis: exportTimeout,
      }),
    ],
  });
  // The last one that finds a context wins: traceparent over the balancer's X-Amzn-Trace-Id.
  const propagators = [new AWSXRayPropagator(), new W3CTraceContextPropagator()];
  provider.register({ propagator: new CompositePropagator({ propagators }) });
  return {
    async stop() {
      trace.disable();
      context.disable();
      propagation.disable();
      await provider.shutdown().catch(() => undefined);
    },
  };
}
