import { recordMetric } from '@clarity/telemetry';
import fp from 'fastify-plugin';
import { routePattern } from './request-log';

const duration = { name: 'RequestDuration', unit: 'Milliseconds' } as const;

/** How long answers take, by route; health checks are not counted. */
export const measureRequests = fp(
  async (app) => {
    app.addHook('onResponse', async ({ method, routeOptions }, reply) => {
      if (routeOptions.config.quiet) return;
      const Route = `${method} ${routePattern(routeOptions.url)}`;
      recordMetric(duration, reply.elapsedTime, { Route });
    });
  },
  { name: 'request metrics' },
);
