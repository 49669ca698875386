import type { AddressInfo, Server } from 'node:net';
import { LocalCloudError } from './errors';

/**
 * Listens on 127.0.0.1; port 0 lets the system choose. Resolves to the port.
 * @throws LocalCloudError where somebody else listens there
 */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'EADDRINUSE'
          ? new LocalCloudError(`Port ${port} is in use; choose another one.`, { cause })
          : cause,
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
