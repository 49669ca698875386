import { sha256Of } from '@clarity/schema';
import { isAscii } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from '../problems/problem';
import { deadlineOf } from './deadline';
import { exceededBound } from './json-bounds';
import { readBody } from './read-body';
import { takeTurns } from './take-turns';

/** No body of the contract nests deeper than a value within a sample within a batch. */
const maxDepth = 8;
const defaultMaxMembers = 100;
/**
 * Bytes from which on a body takes long enough to make others wait, some 15 ms. Below, what was just
 * parsed is still in the processor's cache when the route works on it, which halves the cost.
 */
const largeBody = 512 * 1024;

/**
 * JSON is the only body there is, plain or packed with gzip. It is bounded in bytes by the route's
 * `bodyLimit` and in structure before it is parsed. If the client sent an Idempotency-Key, the
 * unpacked bytes are hashed, because two bodies are the same request only if they are the same bytes.
 */
export const acceptJsonOnly = fp(
  async (app) => {
    const inTurn = takeTurns();
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
            request.bodySha256 = sha256Of(bytes);
        };
        const read = () => {
          deadline.signal.throwIfAborted();
          return parsed(textOf(bytes));
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
  },
  { name: 'json body', dependencies: ['deadline'] },
);

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
 * A key `__proto__` becomes a member like any other; nothing here copies members one by one, and every
 * schema refuses what it does not list.
 */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('invalid-input', 'The body is not valid JSON.');
  }
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
