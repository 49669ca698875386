import type { IncomingHttpHeaders } from 'node:http';

/** How the body of an invocation is written. */
export interface BodyFormat {
  /** `counts`: the numbers alone; everything else about the week is in the custom attributes. */
  readonly content: 'json' | 'counts';
  readonly gzip: boolean;
}

/** A body in a format that is not supported. */
export class UnsupportedBody extends Error {
  constructor(what: string) {
    super(`${what} is not supported. Send ${supported}.`);
    this.name = 'UnsupportedBody';
  }
}

const contents: Readonly<Record<string, BodyFormat['content']>> = {
  'application/json': 'json',
  'application/octet-stream': 'counts',
};
const supported = `${Object.keys(contents).join(' or ')}, either with the suffix +gzip if it is compressed`;

/**
 * The format that the headers announce; JSON without any. SageMaker passes the content type on and removes
 * `content-encoding`, so a compressed body is announced by the suffix `+gzip` (RFC 8460) there.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html
 * @throws UnsupportedBody
 */
export function bodyFormat(headers: IncomingHttpHeaders): BodyFormat {
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new UnsupportedBody(`Content encoding ${encoding}`);
  const [type = ''] = (headers['content-type'] ?? 'application/json').split(';');
  const [, name = '', suffix] = /^(.*?)(\+gzip)?$/.exec(type.trim().toLowerCase()) ?? [];
  const content = contents[name];
  if (content === undefined) throw new UnsupportedBody(`Content type ${type.trim()}`);
  return { content, gzip: suffix !== undefined || encoding === 'gzip' };
}
