import type { IncomingHttpHeaders } from 'node:http';
import type { AwsFault } from './fault';

/** An error as a service gives it. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The error in the protocol that the request speaks: JSON, CBOR, S3's or the query API's XML. */
export function errorAnswer(
  { service, status, code }: AwsFault,
  headers: IncomingHttpHeaders,
): ErrorAnswer {
  const message = `local-cloud: ${code}, as /_local/faults asked for`;
  const type = headers['content-type'] ?? '';
  const answer = (contentType: string, body: string | Buffer, more = {}): ErrorAnswer => ({
    status,
    headers: { 'content-type': contentType, 'x-amzn-requestid': 'local-cloud', ...more },
    body: Buffer.from(body),
  });
  if (headers['smithy-protocol'] === 'rpc-v2-cbor')
    return answer('application/cbor', cborMap({ __type: code, message }), {
      'smithy-protocol': 'rpc-v2-cbor',
    });
  if (headers['x-amz-target'] !== undefined || type.includes('json'))
    return answer(
      type.startsWith('application/x-amz-json') ? type : 'application/x-amz-json-1.1',
      JSON.stringify({ __type: code, message }),
    );
  const inner = `<Code>${code}</Code><Message>${message}</Message>`;
  if (service === 's3') return answer('application/xml', `<Error>${inner}</Error>`);
  return answer(
    'text/xml',
    `<ErrorResponse><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>${inner}</Error><RequestId>local-cloud</RequestId></ErrorResponse>`,
  );
}

/** A map of texts in CBOR (RFC 8949): lengths below 65,536. */
function cborMap(texts: Readonly<Record<string, string>>): Buffer {
  const text = (value: string) => {
    const bytes = Buffer.from(value);
    return Buffer.concat([Buffer.from([0x79, bytes.length >> 8, bytes.length & 0xff]), bytes]);
  };
  const entries = Object.entries(texts);
  return Buffer.concat([
    Buffer.from([0xa0 + entries.length]),
    ...entries.flatMap(([key, value]) => [text(key), text(value)]),
  ]);
}
