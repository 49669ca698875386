import type { HeldClaim, IdempotencyLedger, RecordedAnswer } from '@clarity/domain';
import { sha256Of } from '@clarity/schema';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { principalOf } from '../auth/principal';
import type { Clock } from '../dependencies';
import { callOptionsOf, cleanUpOptions } from '../http/deadline';
import { Problem } from '../problems/problem';

/** Visible ASCII without `#`, which separates the parts of keys. */
const acceptableKey = /^[!"$-~]{1,128}$/;
const repeatedHeaders = ['content-type', 'location', 'retry-after'] as const;

/**
 * POSTs in `app` may carry an Idempotency-Key: the same request again gets the recorded answer and
 * nothing happens twice. Answers from 500 on are not recorded, so that the client may try again.
 * Keys belong to users, so these routes need a token.
 */
export const makePostsIdempotent = fp<{ ledger: IdempotencyLedger; clock: Clock }>(
  async (app, { ledger, clock }) => {
    app.decorateRequest('idempotencyClaim', null);

    app.addHook('preHandler', async (request, reply) => {
      const key = request.headers['idempotency-key'];
      if (request.method !== 'POST' || key === undefined) return;
      if (typeof key !== 'string' || !acceptableKey.test(key)) throw unacceptableKey();
      const { userId } = principalOf(request);
      const claim = await ledger.claim(
        userId,
        key,
        fingerprint(request),
        clock(),
        callOptionsOf(request),
      );
      switch (claim.state) {
        case 'claimed':
          request.idempotencyClaim = { userId, key, claimId: claim.claimId };
          return;
        case 'answered':
          return replay(reply, claim.answer);
        case 'in-flight':
          throw new Problem('request-in-flight', 'The first request with this key has not ended.', {
            headers: { 'retry-after': '1' },
          });
        case 'different-request':
          throw new Problem('idempotency-key-reused', 'Use a new key for a new request.');
      }
    });

    // Before the answer leaves: a client that saw it can rely on seeing it again.
    app.addHook('onSend', async (request, reply, payload) => {
      const claim = request.idempotencyClaim;
      if (claim === null) return;
      request.idempotencyClaim = null;
      try {
        // The request's own time may be over; what became of it has to be recorded all the same.
        const options = cleanUpOptions();
        if (reply.statusCode >= 500) await ledger.release(claim, options);
        else await ledger.settle(claim, recordedAnswer(reply, payload), clock(), options);
      } catch (error) {
        // The work is done; an unsettled claim lapses by itself. Failing now would tell a lie.
        request.log.warn({ err: error }, 'idempotency answer not recorded');
      }
    });
  },
  { name: 'idempotency', dependencies: ['bearer', 'json body', 'deadline'] },
);

function fingerprint(request: FastifyRequest): string {
  return sha256Of(`${request.method}\n${request.url}\n${request.bodySha256}`);
}

function recordedAnswer(reply: FastifyReply, payload: unknown): RecordedAnswer {
  const headers: Record<string, string> = {};
  for (const name of repeatedHeaders) {
    const value = reply.getHeader(name);
    if (value !== undefined) headers[name] = String(value);
  }
  return {
    status: reply.statusCode,
    headers,
    body: typeof payload === 'string' || Buffer.isBuffer(payload) ? payload.toString() : '',
  };
}

function replay(reply: FastifyReply, answer: RecordedAnswer): FastifyReply {
  return reply
    .code(answer.status)
    .headers({ ...answer.headers, 'idempotency-replayed': 'true' })
    .send(answer.body);
}

function unacceptableKey(): Problem {
  const detail = 'must be 1 to 128 visible ASCII characters other than #';
  return new Problem('invalid-input', 'The Idempotency-Key is not acceptable.', {
    errors: [{ in: 'header', pointer: '/idempotency-key', detail }],
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    idempotencyClaim: HeldClaim | null;
  }
}
