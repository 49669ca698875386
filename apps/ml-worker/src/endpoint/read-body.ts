import type { IncomingMessage } from 'node:http';
import { OversizeError } from '@clarity/domain';

/**
 * The body of a request. Of one that is too large the rest is read and dropped, so that the answer finds
 * its reader.
 * @throws OversizeError; Error if the caller went away
 */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    const refuse = () => {
      chunks.length = 0;
      request.removeAllListeners('data').resume();
      reject(new OversizeError('body', mostBytes));
    };
    if (Number(request.headers['content-length'] ?? 0) > mostBytes) return refuse();
    request
      .on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > mostBytes) return refuse();
        chunks.push(chunk);
      })
      .once('end', () => resolve(Buffer.concat(chunks)))
      .once('close', () => reject(new Error('The caller went away.')));
  });
}
