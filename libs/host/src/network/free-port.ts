import { createServer } from 'node:net';
import { listenOnLoopback } from './listen-on-loopback';

/** A TCP port on loopback that no program listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenOnLoopback(server, 0);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
