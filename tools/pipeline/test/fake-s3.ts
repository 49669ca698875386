import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { S3Client } from '@aws-sdk/client-s3';
import { listenOnLoopback } from '@clarity/host';

/** Buckets and objects in memory, and a client of them. */
export async function fakeS3() {
  /** By path, e.g. `/data/models/manifest.json`; a bucket is `/data`. In the order of writing. */
  const stored = new Map<string, string>();
  /** Paths that belong to another account. */
  const forbidden = new Set<string>();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://s3').pathname.replace(/\/$/, '');
    void buffer(request).then((body) => {
      if (request.method === 'PUT') stored.set(path, body.toString());
      response.statusCode = forbidden.has(path) ? 403 : stored.has(path) ? 200 : 404;
      const isRead = request.method === 'GET' && response.statusCode === 200;
      response.end(isRead ? stored.get(path) : undefined);
    });
  });
  const port = await listenOnLoopback(server, 0);
  const s3 = new S3Client({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const close = async () => {
    s3.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { s3, stored, forbidden, close };
}
