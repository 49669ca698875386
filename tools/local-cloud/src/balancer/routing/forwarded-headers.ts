import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** Headers that belong to one connection, not to the request. */
const hopByHop = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
]);

export function withoutHopByHop(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = new Set(
    (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()),
  );
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !hopByHop.has(name) && !named.has(name)),
  );
}

/** A trace id as ALB makes it: `Root=1-<seconds, hex>-<24 hex digits>`. */
const traceId = (now: number): string =>
  `Root=1-${Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0')}-${randomBytes(12).toString('hex')}`;

/** The headers of a request as an ALB hands it on: who asked, over what, and a trace id. */
export function forwardedHeaders(
  headers: IncomingHttpHeaders,
  client: { readonly address: string; readonly port: number; readonly now: number },
): OutgoingHttpHeaders {
  const before = headers['x-forwarded-for'];
  const earlier = Array.isArray(before) ? before.join(', ') : before;
  const trace = headers['x-amzn-trace-id'];
  return {
    ...withoutHopByHop(headers),
    'x-forwarded-for': earlier ? `${earlier}, ${client.address}` : client.address,
    'x-forwarded-proto': 'http',
    'x-forwarded-port': String(client.port),
    'x-amzn-trace-id': trace ?? traceId(client.now),
  };
}
