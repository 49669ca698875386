import type { AddressInfo, Server } from 'node:net';

/** The port that was asked for is taken. */
export class PortInUse extends Error {
  constructor(port: number, options?: ErrorOptions) {
    super(`Port ${port} is in use; choose another one.`, options);
    this.name = 'PortInUse';
  }
}

/**
 * Listens on 127.0.0.1; port 0 lets the system choose.
 * @returns the port
 * @throws PortInUse if another program listens there
 */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(cause.code === 'EADDRINUSE' ? new PortInUse(port, { cause }) : cause),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
