import { Readable, finished } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import fp from 'fastify-plugin';

/** The largest body that any route takes. */
const maxDiscardedBytes = 8 * 1024 * 1024;
const maxDiscardMs = 5_000;

/**
 * Lets an answer that needs no body (a refusal, mostly) reach a client that is still sending one.
 * Closing at once would reset the connection and lose the answer on its way (RFC 9112 section 9.6),
 * so the answer is sent, a bounded rest of the body is thrown away, and then the connection closes.
 */
export const discardUnreadBodies = fp(
  async (app) => {
    app.addHook('onSend', async (request, reply, payload) => {
      if (!isUnread(request.raw)) return payload;
      reply.header('connection', 'close');
      if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
      reply.header('content-length', Buffer.byteLength(payload));
      return Readable.from(answerThenDiscard(payload, request.raw), { objectMode: false });
    });
  },
  { name: 'unread body' },
);

function isUnread(request: IncomingMessage): boolean {
  const { headers, complete, readableEnded } = request;
  const hasBody =
    Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined;
  return hasBody && !complete && !readableEnded;
}

async function* answerThenDiscard(answer: string | Buffer, request: IncomingMessage) {
  yield answer;
  await discard(request);
}

function discard(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let left = maxDiscardedBytes;
    const timer = setTimeout(resolve, maxDiscardMs);
    finished(request, () => {
      clearTimeout(timer);
      resolve();
    });
    request.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) resolve();
    });
    request.resume();
  });
}
