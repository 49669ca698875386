import { once } from 'node:events';
import { createServer } from 'node:net';
import { DevError } from './dev-error';

/** @throws DevError if something listens on this port of loopback */
export async function assertPortFree(port: number): Promise<void> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new DevError(
      `Port ${port} is taken; choose another one: npx nx serve @clarity/api --port ${port + 1}`,
      { cause },
    );
  }
  server.close();
  await once(server, 'close');
}
