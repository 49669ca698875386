import { createContextKey, type Context } from '@opentelemetry/api';
import { ParentBasedSampler, SamplingDecision, type Sampler } from '@opentelemetry/sdk-trace-node';
import type { TelemetryConfig } from './telemetry-config';

const ofStranger = createContextKey('the caller does not decide');

/** @returns a context whose next span is recorded as its name's ratio has it, whatever its caller wants */
export function undecided(context: Context): Context {
  return context.setValue(ofStranger, true);
}

/**
 * Decides at the first span of a trace that is ours whether it is recorded, by the ratio of the span's name; every
 * later span, also in another process, follows that decision. It is drawn by chance and not from the trace's id, which
 * a caller may choose.
 * @param draw a number in [0, 1)
 */
export function sampleRoots(
  { ratio, ratios }: Pick<TelemetryConfig, 'ratio' | 'ratios'>,
  draw: () => number = Math.random,
): Sampler {
  const root: Sampler = {
    shouldSample: (_context, _traceId, name) => ({
      decision:
        draw() < (ratios.get(name) ?? ratio)
          ? SamplingDecision.RECORD_AND_SAMPLED
          : SamplingDecision.NOT_RECORD,
    }),
    toString: () => 'RatioByName',
  };
  const following = new ParentBasedSampler({ root });
  return {
    shouldSample: (context, ...span) =>
      (context.getValue(ofStranger) === true ? root : following).shouldSample(context, ...span),
    toString: () => `UnlessStranger{${following.toString()}}`,
  };
}
