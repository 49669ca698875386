import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { forwardedHeaders, withoutHopByHop } from './forwarded-headers';
import { answerError } from './own-response';
import type { RequestOutcome } from './request-over';
import type { Target } from '../targets/target-table';

/** ALB's idle timeout: how long a target may stay silent. */
const idleTimeoutMs = 60_000;

/** A target that takes a request; `close` says that it is done with it. */
export interface Lease {
  readonly target: Target;
  close(): void;
}

/**
 * Hands a request to a target and its answer back, both streamed; resolves when it is over.
 *
 * ALB answers 502 where a connection to its target fails. Here a request is never lost that can be
 * kept: while not one byte of it has been sent it goes to the next target, whatever its method; and
 * one that can be repeated (idempotent, without a body) gets a second chance where the target went
 * away before it answered.
 * @param next the next target for this request; undefined if none is left
 */
export async function forwardRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  next: () => Lease | undefined,
): Promise<RequestOutcome> {
  let answer = 503;
  let chances = isRepeatable(incoming) ? 2 : 1;
  while (chances > 0) {
    const lease = next();
    if (!lease) break;
    const attempt = await tryTarget(incoming, outgoing, lease.target).finally(() => lease.close());
    if (attempt.kind === 'over') return attempt.outcome;
    answer = attempt.timedOut ? 504 : 502;
    if (attempt.sent) chances -= 1;
    // A target that took its minute may be at work on it still.
    if (attempt.timedOut) break;
  }
  return giveUp(incoming, outgoing, answer);
}

function giveUp(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  status: number,
): RequestOutcome {
  incoming.resume();
  answerError(outgoing, status);
  return { by: 'load-balancer', status, broken: false };
}

const idempotent = new Set(['GET', 'HEAD', 'OPTIONS']);
const isRepeatable = ({ method = 'GET', headers }: IncomingMessage): boolean =>
  idempotent.has(method) &&
  headers['transfer-encoding'] === undefined &&
  Number(headers['content-length'] ?? 0) === 0;

type Attempt =
  | { readonly kind: 'over'; readonly outcome: RequestOutcome }
  /** Not a byte went to the client. */
  | { readonly kind: 'failed'; readonly sent: boolean; readonly timedOut: boolean };

function tryTarget(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  target: Target,
): Promise<Attempt> {
  return new Promise((resolve) => {
    const { method = 'GET', url = '/', headers, socket } = incoming;
    const startedAt = performance.now();
    const upstream = request({
      host: '127.0.0.1',
      port: target.port,
      // What cannot be repeated takes no chance with a connection that the target may be closing.
      agent: isRepeatable(incoming) ? target.agent : false,
      method,
      path: url,
      timeout: idleTimeoutMs,
      headers: forwardedHeaders(headers, {
        address: socket.remoteAddress?.replace('::ffff:', '') ?? '127.0.0.1',
        port: socket.localPort ?? 80,
        now: Date.now(),
      }),
    });
    let sent = false;
    let timedOut = false;
    const end = (attempt: Attempt) => {
      outgoing.off('close', clientGone);
      resolve(attempt);
    };
    const clientGone = () => {
      if (outgoing.writableFinished) return;
      upstream.destroy();
      end({ kind: 'over', outcome: { by: 'client-gone' } });
    };
    const fail = () => {
      incoming.unpipe(upstream);
      if (outgoing.destroyed) return clientGone();
      if (!outgoing.headersSent) return end({ kind: 'failed', sent, timedOut });
      outgoing.off('close', clientGone);
      outgoing.destroy();
      end({ kind: 'over', outcome: { by: 'load-balancer', status: 502, broken: true } });
    };
    outgoing.once('close', clientGone);
    upstream.once('timeout', () => {
      timedOut = true;
      upstream.destroy(new Error('idle'));
    });
    upstream.once('error', fail);
    upstream.once('response', (response) => {
      const status = response.statusCode ?? 502;
      const seconds = (performance.now() - startedAt) / 1000;
      outgoing.writeHead(status, response.statusMessage, withoutHopByHop(response.headers));
      response.once('error', fail);
      response.pipe(outgoing);
      outgoing.once('finish', () =>
        end({ kind: 'over', outcome: { by: 'target', status, seconds } }),
      );
    });
    const send = () => {
      sent = true;
      incoming.pipe(upstream);
    };
    // The body must stay whole for another target until this one has accepted the connection.
    upstream.once('socket', (connection) => {
      if (connection.connecting) connection.once('connect', send);
      else send();
    });
  });
}
