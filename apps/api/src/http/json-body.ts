import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem';
import { deadlineOf } from './deadline';
import { exceededBound } from './json-bounds';
import { readBody } from './read-body';
import { takeTurns } from './take-turns';

/** No body of the contract nests deeper than a value within a sample within a batch. */
const maxDepth = 8;
const defaultMaxMembers = 100;
/** Bytes from which on parsing takes long enough to make others wait. */
const largeBody = 64 * 1024;

/**
 * JSON is the only body there is, plain or packed with gzip. It is bounded in bytes by the route's
 * `bodyLimit` and in structure before it is parsed. If the client sent an Idempotency-Key, the
 * unpacked bytes are hashed, because two bodies are the same request only if they are the same bytes.
 */
export function acceptJsonOnly(app: FastifyInstance): void {
  const inTurn = takeTurns();
  const parse = cautiousParser(app);
  app.decorateRequest('bodySha256', '');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    async (request: FastifyRequest, payload: IncomingMessage) => {
      const deadline = deadlineOf(request);
      deadline.pause();
      const bytes = await readBody(payload, request.headers, request.routeOptions.bodyLimit);
      deadline.restart();
      const check = () => {
        deadline.signal.throwIfAborted();
        refuseUnbounded(bytes, request.routeOptions.config.maxMembers ?? defaultMaxMembers);
        if (request.headers['idempotency-key'] !== undefined)
          request.bodySha256 = createHash('sha256').update(bytes).digest('hex');
      };
      const read = () => {
        deadline.signal.throwIfAborted();
        return parse(request, textOf(bytes));
      };
      if (bytes.length <= largeBody) {
        check();
        return read();
      }
      await inTurn(check);
      const value = await inTurn(read);
      // The route's own work on a large body follows at once; that is a turn too.
      await inTurn(() => undefined);
      return value;
    },
  );
}

/** UTF-8 takes longer to decode than JSON to parse, and most bodies do not need it. */
function textOf(bytes: Buffer): string {
  return bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
}

function refuseUnbounded(json: Buffer, maxMembers: number): void {
  if (json.length === 0) throw new Problem('invalid-input', 'The body is empty.');
  const exceeded = exceededBound(json, { maxDepth, maxMembers });
  if (exceeded === 'maxDepth')
    throw new Problem('invalid-input', `The body nests deeper than ${maxDepth} levels.`);
  if (exceeded === 'maxMembers')
    throw new Problem(
      'payload-too-large',
      `The body has more than ${maxMembers} members and elements.`,
    );
}

/**
 * What a key that reaches prototypes cannot be spelled without. Fastify's parser looks for every
 * spelling, which takes as long as the parsing itself; this passes over a batch in a tenth of that.
 */
const mayPoison = /__proto__|constructor|\\u/;

function cautiousParser(app: FastifyInstance) {
  const parseCautiously = app.getDefaultJsonParser('error', 'error');
  return (request: FastifyRequest, text: string): unknown => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new Problem('invalid-input', 'The body is not valid JSON.');
    }
    if (mayPoison.test(text))
      void parseCautiously(request, text, (error) => {
        if (error !== null)
          throw new Problem(
            'invalid-input',
            'The body has a key `__proto__` or `constructor.prototype`, which is not accepted.',
          );
      });
    return value;
  };
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Hex; empty if there was no body or no Idempotency-Key. */
    bodySha256: string;
  }
  interface FastifyContextConfig {
    /** Members and elements that a body may have, all levels together. */
    maxMembers?: number;
  }
}
