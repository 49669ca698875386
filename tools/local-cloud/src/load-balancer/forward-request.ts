import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { forwardedHeaders, withoutHopByHop } from './forwarded-headers';
import type { Target } from './target-table';

/** ALB's idle time-out: how long a target may stay silent. */
const idleTimeoutMs = 60_000;

/** Where the answer came from: the target, or the load balancer in its place. */
export type Outcome =
  | { readonly by: 'target'; readonly status: number }
  | { readonly by: 'load-balancer'; readonly status: number }
  | { readonly by: 'client-gone' };

/** Hands a request to a target and its answer back, both streamed; resolves when it is over. */
export function forwardRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  target: Target,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const { method = 'GET', url = '/', headers, socket } = incoming;
    const upstream = request({
      host: '127.0.0.1',
      port: target.port,
      agent: target.agent,
      method,
      path: url,
      timeout: idleTimeoutMs,
      headers: forwardedHeaders(headers, {
        address: socket.remoteAddress?.replace('::ffff:', '') ?? '127.0.0.1',
        port: socket.localPort ?? 80,
        now: Date.now(),
      }),
    });
    let timedOut = false;
    const fail = () => {
      const status = timedOut ? 504 : 502;
      if (outgoing.headersSent) outgoing.destroy();
      else answerFor(outgoing, status);
      resolve({ by: 'load-balancer', status });
    };
    upstream.once('timeout', () => {
      timedOut = true;
      upstream.destroy(new Error('idle'));
    });
    upstream.once('error', fail);
    upstream.once('response', (response) => {
      const status = response.statusCode ?? 502;
      outgoing.writeHead(status, response.statusMessage, withoutHopByHop(response.headers));
      response.once('error', fail);
      response.pipe(outgoing);
      outgoing.once('finish', () => resolve({ by: 'target', status }));
    });
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) {
        upstream.destroy();
        resolve({ by: 'client-gone' });
      }
    });
    incoming.pipe(upstream);
  });
}

const titles: Readonly<Record<number, string>> = {
  502: '502 Bad Gateway',
  503: '503 Service Temporarily Unavailable',
  504: '504 Gateway Time-out',
};

/** The page an ALB shows where no target answers. */
export function answerFor(outgoing: ServerResponse, status: number): void {
  const title = titles[status] ?? String(status);
  const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
  outgoing.writeHead(status, {
    server: 'awselb/2.0',
    'content-type': 'text/html',
    'content-length': Buffer.byteLength(page),
  });
  outgoing.end(page);
}
