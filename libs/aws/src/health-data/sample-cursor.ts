import { ValidationError } from '@clarity/schema';
import type { Position } from '../sample-blocks/position';

/** The place of the last sample of a page: the next page begins after it. */
export function encodeCursor({ instant, id }: Position): string {
  return Buffer.from(`${instant}~${id}`).toString('base64url');
}

/** @throws ValidationError */
export function decodeCursor(cursor: string): Position {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, instant, id] = /^(-?\d{1,15})~(.+)$/s.exec(text) ?? [];
  if (instant === undefined || id === undefined)
    throw new ValidationError('The cursor is not one that this service made.');
  return { instant: Number(instant), id };
}
