import { createServer } from 'node:net';
import { freePort } from './free-port';
import { listenOnLoopback, PortInUse } from './listen-on-loopback';

it('finds a port to listen on, and names a port that is taken', async () => {
  const server = createServer();
  const port = await listenOnLoopback(server, await freePort());
  try {
    await expect(listenOnLoopback(createServer(), port)).rejects.toThrow(PortInUse);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});
