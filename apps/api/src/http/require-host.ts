import fp from 'fastify-plugin';
import { Problem } from '../problems/problem';

/** RFC 9112 section 3.2. Node would refuse it too, but without a problem or a request id. */
export const requireHost = fp(
  async (app) => {
    app.addHook('onRequest', async ({ raw }) => {
      if (raw.headers.host === undefined && raw.httpVersion === '1.1')
        throw new Problem('invalid-input', 'The Host header is missing.');
    });
  },
  { name: 'host' },
);
