import {
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  type Sampler,
} from '@opentelemetry/sdk-trace-node';
import type { TelemetryConfig } from './telemetry-config';

/**
 * Decides at the first span of a trace whether the trace is recorded, by the ratio of the span's name; every
 * later span, also in another process, follows that decision.
 */
export function sampleRoots({ ratio, ratios }: Pick<TelemetryConfig, 'ratio' | 'ratios'>): Sampler {
  const others = new TraceIdRatioBasedSampler(ratio);
  const named = new Map(
    [...ratios].map(([name, own]) => [name, new TraceIdRatioBasedSampler(own)]),
  );
  return new ParentBasedSampler({
    root: {
      shouldSample: (context, traceId, name) =>
        (named.get(name) ?? others).shouldSample(context, traceId),
      toString: () => 'RatioByName',
    },
  });
}
