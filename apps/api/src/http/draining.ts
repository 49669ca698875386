import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/**
 * How this process leaves a load balancer without failing a request. The balancer learns of the
 * stop a little later than the process does, so new work is still done during `grace`, but every
 * answer closes its connection and readiness is gone. Then the port closes, what is in flight
 * ends, and the promise resolves.
 */
export async function drain(app: FastifyInstance, grace: Promise<unknown>): Promise<void> {
  app.lifecycle.draining = true;
  await grace;
  await app.close();
}

export const closeConnectionsWhileDraining = fp(
  async (app) => {
    app.decorate('lifecycle', { draining: false });
    // At the answer, not at the request: those in flight when the stop came are to close as well.
    app.addHook('onSend', async (_request, reply) => {
      if (app.lifecycle.draining) reply.header('connection', 'close');
    });
  },
  { name: 'draining' },
);

declare module 'fastify' {
  interface FastifyInstance {
    lifecycle: { draining: boolean };
  }
}
