import { ValidationError } from '@clarity/schema';

/** An opaque cursor around a position; what the in-memory ports hand out as `next`. */
export function encodePosition(position: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws ValidationError for text that this module did not make */
export function decodePosition(cursor: string): readonly (string | number)[] {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(position) && encodePosition(position as string[]) === cursor)
      return position as (string | number)[];
  } catch {
    // Falls through to the same answer as for JSON of another shape.
  }
  throw new ValidationError('The cursor is not one that this service made.');
}
