import { createHash } from 'node:crypto';
import Type from 'typebox';

/** A SHA-256 hash in lower-case hexadecimal. */
export const sha256Schema = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** @returns the SHA-256 hash of bytes, or of a text in UTF-8, in lower-case hexadecimal */
export function sha256Of(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
