import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** For what callers had sent when the stop came: on a busy thread it may be unread, or not even accepted. */
const graceMs = 200;

/**
 * Prepares a server for its end; call it before the first request.
 * @returns answers everyone who has sent a request, closing each connection after its answer, and resolves
 *   when no connection is left
 */
export function drainable(server: Server): () => Promise<void> {
  const answering = new Set<ServerResponse>();
  let draining = false;
  // A kept connection must not outlive the last answer.
  const closeAfter = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader('connection', 'close');
  };
  server.prependListener('request', (_, response) => {
    answering.add(response);
    response.once('close', () => answering.delete(response));
    if (draining) closeAfter(response);
  });
  return async () => {
    draining = true;
    answering.forEach(closeAfter);
    await delay(graceMs);
    const closed = once(server, 'close');
    server.close();
    await closed;
  };
}
