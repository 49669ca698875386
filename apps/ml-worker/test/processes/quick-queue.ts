import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How much faster the time of the queue goes. */
export const queueSpeed = 60;

/**
 * A door to a queue behind which time goes faster: a job that is hidden for a minute comes back after a second.
 * @returns its own URL of the queue
 */
export async function quickQueue(queueUrl: string) {
  const server = createServer((request, response) => {
    const forward = async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const headers = new Headers(
        Object.entries(request.headers).filter(([name]) => forwarded.test(name)) as string[][],
      );
      const body = sooner(Buffer.concat(chunks).toString());
      const url = new URL(request.url ?? '/', queueUrl);
      const answer = await fetch(url, { method: 'POST', headers, body });
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'application/x-amz-json-1.0',
      });
      response.end(Buffer.from(await answer.arrayBuffer()));
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

const forwarded = /^(content-type|authorization|x-amz-.*)$/;

function sooner(body: string): string {
  const call = JSON.parse(body) as { VisibilityTimeout?: number };
  return call.VisibilityTimeout === undefined
    ? body
    : JSON.stringify({
        ...call,
        VisibilityTimeout: Math.round(call.VisibilityTimeout / queueSpeed),
      });
}
