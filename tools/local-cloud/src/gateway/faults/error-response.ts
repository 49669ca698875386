import type { IncomingHttpHeaders } from 'node:http';

/** An error as a service gives it. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An error of an AWS service. */
export interface AwsError {
  /** Signing name. */
  readonly service: string | undefined;
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** The error in the protocol that the request speaks: JSON, CBOR, or the XML of S3, EC2 or the query API. */
export function errorAnswer(
  { service, status, code, message }: AwsError,
  headers: IncomingHttpHeaders,
): ErrorAnswer {
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
      { 'x-amzn-errortype': code },
    );
  const inner = `<Code>${code}</Code><Message>${escapeXml(message)}</Message>`;
  if (service === 'ec2')
    return answer(
      'text/xml',
      `<Response><Errors><Error>${inner}</Error></Errors><RequestID>local-cloud</RequestID></Response>`,
    );
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

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
