import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';

/** Nobody is behind the last caller if nothing has come for so long. */
const quietMs = 200;
/** Callers that never stop coming are not waited for. */
const longestMs = 5_000;

/**
 * Prepares a server for its end; call it before the first request.
 * @returns answers everyone who has sent a request, closing each connection after its answer, and resolves
 *   when no connection is left
 */
export function drainable(server: Server): () => Promise<void> {
  const answering = new Set<ServerResponse>();
  let draining = false;
  let arrivals = 0;
  // A kept connection must not outlive the last answer.
  const closeAfter = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader('connection', 'close');
  };
  server.on('connection', () => void arrivals++);
  server.prependListener('request', (_, response) => {
    arrivals++;
    answering.add(response);
    response.once('close', () => answering.delete(response));
    if (draining) closeAfter(response);
  });
  /** What callers had sent when the stop came may be unread, or not even accepted, on a thread that was busy. */
  const quiet = async () => {
    const end = performance.now() + longestMs;
    for (let seen = -1; seen !== arrivals && performance.now() < end;) {
      seen = arrivals;
      await delay(quietMs);
      // Timers come before sockets: what arrived while the thread was busy is read in the turn after.
      await nextTurn();
    }
  };
  return async () => {
    draining = true;
    answering.forEach(closeAfter);
    await quiet();
    const closed = once(server, 'close');
    server.close();
    await closed;
  };
}
