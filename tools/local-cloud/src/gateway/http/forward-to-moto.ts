import { request, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * Streams a request to moto and its answer back, both as they are: the same headers in the same
 * case and order, so that hosts in URLs, presigned queries and checksums stay what they were.
 *
 * Each request has its own connection: moto's server sends headers and body as two packets, which
 * on a kept-alive one costs 40 ms of delayed acknowledgement each.
 *
 * @param body where the request's body was read already
 */
export function forwardToMoto(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  motoPort: number,
  body?: Buffer,
): void {
  const { method = 'GET', url = '/' } = incoming;
  const upstream = request({
    host: '127.0.0.1',
    port: motoPort,
    method,
    path: url,
    agent: false,
    headers: [...withoutConnection(incoming.rawHeaders), 'Connection', 'close'],
    setHost: false,
  });
  upstream.once('response', (response) => {
    const headers = withoutConnection(response.rawHeaders);
    outgoing.writeHead(response.statusCode ?? 502, response.statusMessage, headers);
    response.once('error', () => outgoing.destroy());
    response.pipe(outgoing);
  });
  upstream.once('error', (error) => {
    if (outgoing.headersSent || outgoing.destroyed) return void outgoing.destroy();
    outgoing.writeHead(503, { 'content-type': 'text/plain' });
    outgoing.end(`local-cloud: moto does not answer: ${error.message}\n`);
  });
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) upstream.destroy();
  });
  if (body) upstream.end(body);
  else incoming.pipe(upstream);
}

/** Headers about this one connection; `100 Continue` was answered by our own server already. */
const ofConnection = new Set(['connection', 'expect', 'keep-alive']);

function withoutConnection(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    if (!ofConnection.has(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}
