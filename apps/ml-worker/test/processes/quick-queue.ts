import { once } from 'node:events';
import { createServer, request as call } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** How much faster the time of the queue goes. */
export const queueSpeed = 60;

/**
 * A door to a queue behind which time goes faster: a job that is hidden for a minute comes back after a second.
 * @returns its own URL of the queue
 */
export async function quickQueue(queueUrl: string) {
  const server = createServer((request, response) => {
    const forward = async () => {
      const body = sooner(await text(request));
      const headers = { ...request.headers, 'content-length': String(Buffer.byteLength(body)) };
      const forwarded = call(new URL(request.url ?? '/', queueUrl), {
        method: 'POST',
        headers,
        agent: false,
      });
      // A worker that is killed leaves a long poll.
      response.once('close', () => forwarded.destroy());
      const [answer] = await once(forwarded.end(body), 'response');
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    };
    forward().catch((error: Error) => response.destroy(error));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${new URL(queueUrl).pathname}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function sooner(body: string): string {
  const asked = JSON.parse(body) as { VisibilityTimeout?: number };
  return asked.VisibilityTimeout === undefined
    ? body
    : JSON.stringify({
        ...asked,
        VisibilityTimeout: Math.round(asked.VisibilityTimeout / queueSpeed),
      });
}
