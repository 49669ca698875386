import { createServer, type RequestListener, type Server } from 'node:http';
import type { LoadedModel } from '../inference/load-model';

export type WorkerState = 'starting' | 'ready' | 'draining' | 'sick';

/** @param model undefined while it is loaded */
export function stateOf(
  model: Pick<LoadedModel, 'sick'> | undefined,
  stop: AbortSignal,
): WorkerState {
  if (model?.sick.aborted) return 'sick';
  if (stop.aborted) return 'draining';
  return model === undefined ? 'starting' : 'ready';
}

/** From the first byte of a request to its last. */
const requestTimeoutMs = 30_000;

/**
 * Serves `GET /livez` (the process answers) and `GET /readyz` (the model is loaded and tested, and work is
 * taken); what is neither goes to `others`.
 * @param port 0 = any free one
 * @throws Error if the port is taken
 */
export async function serveHealth(
  { host, port }: { host: string; port: number },
  state: () => WorkerState,
  others?: RequestListener,
): Promise<Server> {
  const server = createServer({ requestTimeout: requestTimeoutMs }, (request, response) => {
    const answer = (status: number, body: object) =>
      response
        .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
        .end(JSON.stringify(body));
    const known = request.url === '/livez' || request.url === '/readyz';
    if (!known && others !== undefined) return others(request, response);
    if (request.method !== 'GET') return answer(405, { status: 'method not allowed' });
    if (!known) return answer(404, { status: 'not found' });
    if (request.url === '/livez') return answer(200, { status: 'alive' });
    const status = state();
    return answer(status === 'ready' ? 200 : 503, { status });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return server;
}
