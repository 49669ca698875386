import { createHmac, timingSafeEqual } from 'node:crypto';
import type { UserId } from '@clarity/domain';
import { Problem } from '../problems/problem';

/** What a cursor is good for: the same user asking the same route the same question. */
export interface CursorScope {
  readonly userId: UserId;
  readonly route: string;
  /** The query that decides which items there are; not limit or cursor. */
  readonly query: Readonly<Record<string, string>>;
}

/** Places in a listing, handed to clients and taken back from them, signed so that none is made up. */
export interface Cursors {
  seal(after: string, scope: CursorScope): string;
  /** @throws Problem `invalid-cursor` for one that was altered or made for something else */
  open(cursor: string, scope: CursorScope): string;
}

/** Secrets of at least 32 characters. */
export interface CursorKeys {
  /** Signs and opens. */
  readonly current: string;
  /** Opens only: while the key is renewed, processes with either key serve the same client. */
  readonly previous?: string;
}

export function signedCursors({ current, previous }: CursorKeys): Cursors {
  const accepted = previous === undefined ? [current] : [current, previous];
  return {
    seal: (after, scope) =>
      `${Buffer.from(after).toString('base64url')}.${sign(current, after, scope).toString('base64url')}`,
    open: (cursor, scope) => {
      const [place = '', signature = '', ...rest] = cursor.split('.');
      const after = Buffer.from(place, 'base64url').toString();
      const given = Buffer.from(signature, 'base64url');
      const signedWith = (key: string) => isEqual(given, sign(key, after, scope));
      if (rest.length > 0 || !accepted.some(signedWith)) throw invalidCursor();
      return after;
    },
  };
}

function sign(key: string, after: string, { userId, route, query }: CursorScope): Buffer {
  return createHmac('sha256', key)
    .update(JSON.stringify([userId, route, Object.entries(query).sort(), after]))
    .digest();
}

function isEqual(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function invalidCursor(): Problem {
  return new Problem('invalid-cursor', 'Start again without a cursor.', {
    errors: [
      { in: 'query', pointer: '/cursor', detail: 'is not a cursor that this query was given' },
    ],
  });
}
