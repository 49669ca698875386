import fp from 'fastify-plugin';

const willSendLater = '100-continue';

/**
 * `Expect: 100-continue` (RFC 9110 section 10.1.1): the client is asked for its body only once
 * nothing speaks against it, so a refusal costs neither side the transfer. Other expectations are
 * ignored. The last to look at a request before its body is read.
 */
export const meetExpectations = fp(
  async (app) => {
    for (const event of ['checkContinue', 'checkExpectation'])
      app.server.on(event, (...exchange) => app.server.emit('request', ...exchange));
    app.addHook('preParsing', async (request, reply) => {
      if (request.headers.expect?.toLowerCase() === willSendLater) reply.raw.writeContinue();
    });
  },
  { name: 'expectations', dependencies: ['admission'] },
);
