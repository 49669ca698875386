import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Problem } from '../problems/problem';
import { watchPace } from './body-pace';

const chunkSize = 64 * 1024;

/**
 * Reads a whole body and unpacks it if it is packed. The stream is left as it is on failure, so that
 * the answer still reaches the client.
 * @param limit bytes that the body may have, and that it may unpack to
 * @throws Problem `payload-too-large`, `unsupported-media-type`, `request-timeout` for a body that
 * arrives too slowly, `invalid-input` for one that breaks off or is not valid gzip
 */
export async function readBody(
  payload: Readable,
  headers: IncomingHttpHeaders,
  limit: number,
): Promise<Buffer> {
  const isPacked = isGzip(headers);
  const declared = Number(headers['content-length']);
  if (declared > limit) throw tooLarge();
  const unpacked = isPacked ? payload.pipe(createGunzip({ chunkSize })) : payload;
  const body = bytesUpTo(limit, isPacked || Number.isNaN(declared) ? chunkSize : declared);
  return new Promise<Buffer>((resolve, reject) => {
    const stopWatching = watchPace(payload, fail);
    unpacked.on('data', onData).on('end', onEnd);
    payload.on('error', () => fail(invalid('The body broke off.')));
    if (isPacked) unpacked.on('error', () => fail(invalid('The body is not valid gzip.')));

    function stop() {
      stopWatching();
      unpacked.off('data', onData).off('end', onEnd);
      payload.pause();
      if (!isPacked) return;
      payload.unpipe();
      unpacked.destroy();
    }
    function fail(problem: Problem) {
      stop();
      reject(problem);
    }
    function onData(chunk: Buffer) {
      if (!body.append(chunk)) fail(tooLarge());
    }
    function onEnd() {
      stop();
      resolve(body.bytes());
    }
  });
}

/** Content codings (RFC 9110 section 8.4.1): gzip, also by its old name, or none. */
function isGzip(headers: IncomingHttpHeaders): boolean {
  const coding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (coding === 'gzip' || coding === 'x-gzip') return true;
  if (coding === 'identity') return false;
  throw new Problem('unsupported-media-type', 'Send the body as it is or packed with gzip.', {
    headers: { 'accept-encoding': 'gzip' },
  });
}

/**
 * One buffer that grows, because a million chunks of a byte would each cost hundreds of them.
 * @param expected bytes to begin with; memory is not touched before it is written to
 */
function bytesUpTo(limit: number, expected: number) {
  let buffer = Buffer.allocUnsafe(Math.min(limit, expected));
  let size = 0;
  return {
    /** @returns whether the chunk still fits; if not, it was not appended */
    append(chunk: Buffer): boolean {
      if (size + chunk.length > limit) return false;
      if (size + chunk.length > buffer.length) {
        const larger = Math.max(buffer.length * 2, size + chunk.length);
        const grown = Buffer.allocUnsafe(Math.min(limit, larger));
        buffer.copy(grown, 0, 0, size);
        buffer = grown;
      }
      chunk.copy(buffer, size);
      size += chunk.length;
      return true;
    },
    bytes: () => buffer.subarray(0, size),
  };
}

function invalid(detail: string): Problem {
  return new Problem('invalid-input', detail);
}

function tooLarge(): Problem {
  return new Problem('payload-too-large', 'The body is larger than this route accepts.');
}
