import type { S3Client } from '@aws-sdk/client-s3';
import { inChildSpan, SpanKind, type Attributes, type Span } from '@clarity/telemetry';

/** What the SDK notes of a call, in its output or in the error. */
interface Noted {
  readonly $metadata?: {
    readonly httpStatusCode?: number | undefined;
    readonly requestId?: string | undefined;
    readonly attempts?: number | undefined;
  };
}

/** Any client: the types of their middleware differ by their operations only. */
interface Client {
  readonly middlewareStack: { add(middleware: never, options: never): void };
}

/**
 * Makes each call of the client a span of the trace in which it is made, retries included; a call outside a trace
 * makes none. Its parameters stay out of it: keys name people's data.
 * https://opentelemetry.io/docs/specs/semconv/cloud-providers/aws-sdk/
 * @param region of the client
 */
export function traceCalls(client: Client, region: string): void {
  const middlewareStack = client.middlewareStack as S3Client['middlewareStack'];
  middlewareStack.add(
    (next, { clientName = '', commandName = '' }) => {
      const service = clientName.replace(/Client$/, '');
      const operation = commandName.replace(/Command$/, '');
      const attributes = {
        'rpc.system': 'aws-api',
        'rpc.service': service,
        'rpc.method': operation,
        'aws.region': region,
      };
      return (input) =>
        inChildSpan(
          `${service}.${operation}`,
          { kind: SpanKind.CLIENT, attributes },
          async (span) => {
            try {
              const answer = await next(input);
              note(span, answer.output);
              return answer;
            } catch (error) {
              note(span, error as Noted);
              throw error;
            }
          },
        );
    },
    { step: 'initialize', name: 'traceCalls', priority: 'high' },
  );
}

function note(span: Span | undefined, { $metadata = {} }: Noted): void {
  const { httpStatusCode, requestId, attempts } = $metadata;
  const attributes: Attributes = {
    'http.response.status_code': httpStatusCode,
    'aws.request_id': requestId,
    'http.request.resend_count': attempts === undefined ? undefined : attempts - 1,
  };
  span?.setAttributes(attributes);
}
