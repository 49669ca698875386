import type { IncomingMessage } from 'node:http';

/** Which AWS service a request is for, and which action if a header names it. */
export interface RequestIdentity {
  /** The signing name, e.g. `ecs`, `elasticloadbalancing`, `s3`; undefined if nothing names it. */
  readonly service: string | undefined;
  readonly region: string;
  /** From X-Amz-Target, without the API version before it. */
  readonly action: string | undefined;
  /** Undefined for a request that is not signed. */
  readonly accessKeyId: string | undefined;
}

const scopePattern = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/;
const ecsTarget = /^AmazonEC2ContainerServiceV20141113\.(\w+)$/;

/** Signature version 2 of S3, of which boto3 makes presigned URLs: header, or query. */
const version2Pattern = /^AWS ([^:]+):|[?&]AWSAccessKeyId=([^&]+)/;

/**
 * Reads it from the SigV4 credential scope (header, or query of a presigned URL), X-Amz-Target or
 * the host, in this order. Everything that stays unknown is moto's to find out.
 */
export function identifyRequest({
  headers,
  url = '/',
}: Pick<IncomingMessage, 'headers' | 'url'>): RequestIdentity {
  const target = headers['x-amz-target'];
  const ecsAction = typeof target === 'string' ? ecsTarget.exec(target)?.[1] : undefined;
  const [, accessKeyId, region, service] =
    scopePattern.exec(headers.authorization ?? '') ?? scopePattern.exec(presignedScope(url)) ?? [];
  const [, inHeader, inQuery] = version2Pattern.exec(headers.authorization ?? url) ?? [];
  const version2 = inHeader ?? inQuery;
  const fromHost = /^([a-z0-9-]+)\.([a-z0-9-]+)\.amazonaws\.com/.exec(headers.host ?? '');
  return {
    service: ecsAction ? 'ecs' : (service ?? (version2 ? 's3' : fromHost?.[1])),
    region: region ?? fromHost?.[2] ?? 'us-east-1',
    action: ecsAction ?? (typeof target === 'string' ? target.split('.').pop() : undefined),
    accessKeyId: accessKeyId ?? version2,
  };
}

function presignedScope(url: string): string {
  const query = url.indexOf('?');
  if (query === -1 || !url.includes('X-Amz-Credential=', query)) return '';
  return `Credential=${new URLSearchParams(url.slice(query)).get('X-Amz-Credential') ?? ''}`;
}

/**
 * The operation of a request whose body has been read: from X-Amz-Target, from the path of smithy's
 * RPC protocols, or from the query API's `Action`. S3 and other REST APIs name none.
 */
export function operationOf(
  { action }: RequestIdentity,
  { headers, url = '/' }: Pick<IncomingMessage, 'headers' | 'url'>,
  body: Buffer,
): string | undefined {
  if (action !== undefined) return action;
  const [, fromPath] = /^\/service\/[^/]+\/operation\/(\w+)/.exec(url) ?? [];
  if (fromPath !== undefined) return fromPath;
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return undefined;
  return new URLSearchParams(body.toString()).get('Action') ?? undefined;
}
