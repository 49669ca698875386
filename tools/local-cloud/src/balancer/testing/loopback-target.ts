import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { listenOnLoopback } from '@clarity/host';
import type { TargetGroup } from '../targets/target-group';
import type { TargetRegistration, TargetTable } from '../targets/target-table';

/** A server of a test's own behind a target group. */
export interface LoopbackTarget {
  readonly name: string;
  readonly registration: TargetRegistration;
  /** Connections that are open to it now. */
  connections(): number;
  /** Ends as a killed process does: whatever is in flight is cut. */
  kill(): Promise<void>;
}

/** Starts a server and waits until the target group finds it healthy. */
export async function startTarget(
  name: string,
  table: TargetTable,
  group: TargetGroup,
  answer: RequestListener = (_, response) => response.end(name),
): Promise<LoopbackTarget> {
  const sockets = new Set<Socket>();
  const server: Server = createServer(answer);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const port = await listenOnLoopback(server, 0);
  const registration = await new Promise<TargetRegistration>((resolve) => {
    const made = table.register(group, { taskId: name, port }, (state) => {
      if (state === 'healthy') resolve(made);
    });
  });
  return {
    name,
    registration,
    connections: () => sockets.size,
    kill: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.resetAndDestroy();
      }),
  };
}

export const targetGroup = (arn: string): TargetGroup => ({
  arn,
  targetType: 'instance',
  loadBalancerArns: ['lb'],
  healthCheck: {
    path: '/livez',
    matcher: '200',
    // The first check is an interval after the start.
    intervalMs: 50,
    timeoutMs: 2_000,
    healthyThreshold: 2,
    unhealthyThreshold: 1_000,
  },
  deregistrationDelayMs: 5_000,
  algorithm: 'round_robin',
});
