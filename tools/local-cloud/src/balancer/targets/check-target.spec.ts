import { createServer, type RequestListener, type Server } from 'node:http';
import { listenOnLoopback } from '@clarity/host';
import { checkTarget } from './check-target';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function check(answer: RequestListener) {
  server = createServer(answer);
  const port = await listenOnLoopback(server, 0);
  return checkTarget(port, { path: '/livez', matcher: '200-299', timeoutMs: 200 });
}

it('passes a target that returns an expected code', async () => {
  expect(await check((_, response) => response.writeHead(204).end())).toBeUndefined();
});

it('names the code of another response', async () => {
  expect(await check((_, response) => response.writeHead(503).end())).toEqual({
    reason: 'Target.ResponseCodeMismatch',
    description: 'Health checks failed with these codes: [503]',
  });
});

it.each<[string, RequestListener, string]>([
  ['is too slow', () => {}, 'Target.Timeout'],
  ['breaks the connection', (request) => request.socket.destroy(), 'Target.FailedHealthChecks'],
])('gives the reason for a target that %s', async (_, answer, reason) => {
  expect((await check(answer))?.reason).toBe(reason);
});
