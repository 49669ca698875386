import type { IncomingHttpHeaders } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { AwsCall, Parameters } from './aws-call';
import { queryParameters } from './query-parameters';
import { restOperation } from './rest-operations';
import { s3Actions } from './s3-actions';
import type { S3Request } from './s3-request';

/** A request as it came in. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Empty if `needsBody` is false. */
  readonly body: Buffer;
}

/** Services that sign with another name than the prefix of their IAM actions. */
const prefixes: Readonly<Record<string, string>> = {
  email: 'ses',
  monitoring: 'cloudwatch',
  tagging: 'tag',
};

/** Only S3 has bodies that are large, and one whose content matters: the keys of DeleteObjects. */
export const needsBody = (
  service: string | undefined,
  { method, url }: Pick<HttpRequest, 'method' | 'url'>,
) => service !== 's3' || (method === 'POST' && /[?&]delete(&|=|$)/.test(url));

/**
 * Reads which operation a request is for, and its parameters.
 * @param service signing name
 * @param operation if a header or the body names it
 * @returns undefined if the operation of a REST service is not known here
 */
export function readCall(
  request: HttpRequest,
  service: string,
  operation: string | undefined,
  place: Pick<AwsCall, 'region' | 'account'>,
): AwsCall | undefined {
  const prefix = prefixes[service] ?? service;
  if (service === 's3') {
    const s3 = readS3(request);
    const [first] = s3Actions(s3);
    return { ...place, service, operation: first?.action.slice(3) ?? '', parameters: {}, s3 };
  }
  const { pathname, searchParams } = new URL(request.url, 'http://aws');
  if (operation !== undefined)
    return { ...place, service: prefix, operation, parameters: bodyOf(request) };
  const rest = restOperation(prefix, request.method, pathname);
  return (
    rest && {
      ...place,
      service: prefix,
      operation: rest.operation,
      parameters: {
        ...Object.fromEntries(searchParams),
        ...bodyOf(request),
        ...rest.parameters,
      },
    }
  );
}

function bodyOf({ headers, body }: HttpRequest): Parameters {
  const text = (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
    return queryParameters(new URLSearchParams(text));
  try {
    return JSON.parse(text) as Parameters;
  } catch {
    return {};
  }
}

/** Buckets are the first part of the path, or of the host name. */
function readS3({ method, url, headers, body }: HttpRequest): S3Request {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const [ofHost] = /^[^:]+?(?=\.(s3[.-]|localhost))/.exec(headers.host ?? '') ?? [];
  const path = decodeURIComponent(pathname.slice(1));
  const [bucket = '', ...key] = ofHost === undefined ? path.split('/') : [ofHost, path];
  const copySource = headers['x-amz-copy-source'];
  return {
    method,
    bucket,
    key: key.join('/'),
    query: searchParams,
    tagged: headers['x-amz-tagging'] !== undefined,
    deletedKeys: [...body.toString().matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, name = '']) => name),
    ...(typeof copySource === 'string' && {
      copySource: decodeURIComponent(copySource).replace(/^\//, ''),
    }),
  };
}
