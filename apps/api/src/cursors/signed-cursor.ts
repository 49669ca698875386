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

/** @param key secret of at least 32 characters */
export function signedCursors(key: string): Cursors {
  const sign = (after: string, { userId, route, query }: CursorScope) =>
    createHmac('sha256', key)
      .update(JSON.stringify([userId, route, Object.entries(query).sort(), after]))
      .digest();
  return {
    seal: (after, scope) =>
      `${Buffer.from(after).toString('base64url')}.${sign(after, scope).toString('base64url')}`,
    open: (cursor, scope) => {
      const [place = '', signature = '', ...rest] = cursor.split('.');
      const after = Buffer.from(place, 'base64url').toString();
      const given = Buffer.from(signature, 'base64url');
      const expected = sign(after, scope);
      const genuine =
        rest.length === 0 && given.length === expected.length && timingSafeEqual(given, expected);
      if (!genuine) throw invalidCursor();
      return after;
    },
  };
}

function invalidCursor(): Problem {
  return new Problem('invalid-cursor', 'Start again without a cursor.', {
    errors: [
      { in: 'query', pointer: '/cursor', detail: 'is not a cursor that this query was given' },
    ],
  });
}
