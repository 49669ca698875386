import { createServer, type Server } from 'node:http';

export type WorkerState = 'starting' | 'ready' | 'draining';

/**
 * Serves `GET /livez` (the process answers) and `GET /readyz` (the model is loaded and tested, and jobs
 * are taken).
 * @param port 0 = any free one
 * @throws Error where the port is taken
 */
export async function serveHealth(
  { host, port }: { host: string; port: number },
  state: () => WorkerState,
): Promise<Server> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: object) =>
      response
        .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
        .end(JSON.stringify(body));
    if (request.method !== 'GET') return answer(405, { status: 'method not allowed' });
    if (request.url === '/livez') return answer(200, { status: 'alive' });
    if (request.url !== '/readyz') return answer(404, { status: 'not found' });
    const status = state();
    return answer(status === 'ready' ? 200 : 503, { status });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return server;
}
