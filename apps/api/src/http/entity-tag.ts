import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A strong entity tag of everything that an answer is made from. */
export function entityTag(...ingredients: readonly string[]): string {
  return `"${createHash('sha256').update(ingredients.join('\n')).digest('base64url')}"`;
}

/**
 * Lets the client, and no cache in between, keep the answer, and asks it back by its tag.
 * @returns whether the client has this very answer; then 304 is all there is to send
 */
export function isKept(request: FastifyRequest, reply: FastifyReply, tag: string): boolean {
  reply.header('etag', tag);
  reply.header('cache-control', 'private, no-cache');
  reply.header('vary', 'Authorization');
  const known = request.headers['if-none-match'];
  if (known === undefined) return false;
  return known.split(',').some((text) => {
    const candidate = text.trim().replace(/^W\//, '');
    return candidate === tag || candidate === '*';
  });
}
