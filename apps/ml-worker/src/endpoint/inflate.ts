import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ValidationError } from '@clarity/schema';
import { OversizeError } from '@clarity/domain';

const inflated = promisify(gunzip);

/**
 * Decompresses gzip, and stops at `mostBytes`: a kilobyte may stand for a megabyte of zeros.
 * @throws OversizeError; ValidationError if the bytes are not gzip
 */
export async function inflate(bytes: Buffer, mostBytes: number): Promise<Buffer> {
  try {
    return await inflated(bytes, { maxOutputLength: mostBytes });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new OversizeError('decompressed body', mostBytes);
    throw new ValidationError('The body is not gzip, or it is cut off.', [], { cause });
  }
}
