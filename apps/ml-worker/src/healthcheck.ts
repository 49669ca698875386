import { get } from 'node:http';

/** The container's health check: exit 0 when the worker on this machine is ready, 1 otherwise. */
const url = `http://127.0.0.1:${process.env['PORT'] ?? 8080}/readyz`;
const request = get(url, { timeout: 4_000 }, (response) => {
  process.exit(response.statusCode === 200 ? 0 : 1);
});
request.on('timeout', () => request.destroy());
request.on('error', () => process.exit(1));
