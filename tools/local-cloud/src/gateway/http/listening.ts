import type { Server } from 'node:http';
import { type Clock, listenOnLoopback } from '@clarity/host';

/** A server that can go away for a while, like one that is restarted. */
export interface Listening {
  readonly port: number;
  /** Closes every connection, and listens again on the same port after `ms`. */
  goDown(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** @throws LocalCloudError if another program listens there */
export async function keepListening(
  server: Server,
  port: number,
  clock: Clock,
): Promise<Listening> {
  const taken = await listenOnLoopback(server, port);
  let closed = false;
  let wake = () => {};
  let down: Promise<void> = Promise.resolve();
  const stop = () =>
    new Promise<void>((resolve) => {
      if (!server.listening) return resolve();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const cancel = clock.after(ms, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });
  return {
    port: taken,
    goDown: (ms) => {
      const away = async () => {
        if (closed) return;
        await stop();
        await pause(ms);
        if (!closed) await listenOnLoopback(server, taken);
      };
      return (down = down.then(away));
    },
    close: async () => {
      closed = true;
      wake();
      await down.catch(() => {});
      await stop();
    },
  };
}
