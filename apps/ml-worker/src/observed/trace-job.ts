import type { InferenceProvider, Job } from '@clarity/domain';
import { inChildSpan, inRemoteSpan, recordMetric, SpanKind } from '@clarity/telemetry';

const queueWait = { name: 'QueueWait', unit: 'Milliseconds' } as const;

/**
 * Continues the trace of who asked for a job, and measures how long the job has waited. X-Ray shows a service of its
 * own for spans of this kind only; OpenTelemetry's CONSUMER would be a detail of the sender.
 */
export function traceJob<Result>(job: Job, work: () => Promise<Result>): Promise<Result> {
  const { trace, requestedAt, redrives } = fieldsOf(job.body);
  const waitedMs = Date.now() - Date.parse(String(requestedAt));
  // Of a job that was delivered before, the wait is mostly the deliveries before and the delay of a redrive.
  const isFirst = job.deliveries === 1 && (redrives ?? 0) === 0;
  if (waitedMs >= 0 && isFirst) recordMetric(queueWait, waitedMs);
  const attributes = {
    'messaging.system': 'aws_sqs',
    'messaging.operation.type': 'process',
    'messaging.delivery': job.deliveries,
  };
  const options = { kind: SpanKind.SERVER, attributes };
  return inRemoteSpan('process analysis.requested', options, { traceparent: trace }, work);
}

/** Inference as a span of the job that it is for, with its wait for a batch. */
export function traceInference(inference: InferenceProvider): InferenceProvider {
  return {
    manifest: inference.manifest,
    embed: (weeks) => inChildSpan('inference', {}, () => inference.embed(weeks)),
  };
}

/** The body may be anything at all. */
function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    return { ...(JSON.parse(body) as object) };
  } catch {
    return {};
  }
}
