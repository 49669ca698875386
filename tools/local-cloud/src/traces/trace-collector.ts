import { ValidationError } from '@clarity/schema';
import { otlpSpans } from './otlp-spans';
import { segmentOfSpan, type Segment } from './segment-of-span';

/** The collector sidecars of all tasks, which process mode does not run. */
export interface TraceCollector {
  /**
   * Takes one request to `<collector>/v1/traces`.
   * @param path from the task's id on; of no task if it is empty
   */
  receive(path: string, body: string): Promise<CollectorAnswer>;
}

export interface CollectorAnswer {
  readonly status: number;
  readonly page: object;
}

export interface CollectorOptions {
  /** The AWS endpoint. */
  readonly endpoint: () => string;
  /** Access key of a task's role, as its containers get it; undefined if there is no such task, or it has no role. */
  readonly accessKeyOf: (taskId: string) => Promise<string | undefined>;
  readonly now: () => number;
  readonly onNote: (line: string) => void;
}

/** X-Ray takes at most this many documents in a call. */
const mostDocuments = 50;
/** What sends traces without being a task, e.g. a test. */
const administrator = 'test';

/** Sends spans to X-Ray as segments, with the permissions of the task that they come from. */
export function traceCollector(options: CollectorOptions): TraceCollector {
  return {
    async receive(path, body) {
      const [, taskId] = /^\/?([^/]*?)\/?v1\/traces$/.exec(path) ?? [];
      if (taskId === undefined) return { status: 404, page: { message: 'only v1/traces' } };
      let segments: readonly Segment[];
      try {
        segments = otlpSpans(body).flatMap((span) => segmentOfSpan(span, options.now()) ?? []);
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        return { status: 400, page: { message: error.message, fields: error.fields } };
      }
      const accessKey = taskId ? await options.accessKeyOf(taskId) : administrator;
      for (let at = 0; at < segments.length; at += mostDocuments)
        await send(segments.slice(at, at + mostDocuments), accessKey, options);
      return { status: 200, page: { partialSuccess: {} } };
    },
  };
}

/** As the exporter does: what X-Ray refuses is dropped with a note. */
async function send(
  segments: readonly Segment[],
  accessKey: string | undefined,
  { endpoint, onNote }: CollectorOptions,
): Promise<void> {
  if (accessKey === undefined) return onNote('traces of a task without a role are dropped');
  const scope = `${accessKey}/20250101/us-east-1/xray/aws4_request`;
  const response = await fetch(`${endpoint()}/TraceSegments`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify({ TraceSegmentDocuments: segments.map((each) => JSON.stringify(each)) }),
  });
  const text = await response.text();
  const refused = (text ? (JSON.parse(text) as Refusals) : {}).UnprocessedTraceSegments ?? [];
  if (!response.ok || refused.length > 0) onNote(`X-Ray refuses traces: ${text.slice(0, 400)}`);
}

interface Refusals {
  readonly UnprocessedTraceSegments?: readonly object[];
}
