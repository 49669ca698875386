import { get } from 'node:http';

/** The container's health check: exit 0 while the API on this machine answers, else 1. */
const timeOutMs = 2_000;

const request = get(
  {
    host: '127.0.0.1',
    port: Number(process.env['PORT'] ?? 8080),
    path: '/livez',
    timeout: timeOutMs,
  },
  (response) => {
    response.resume();
    process.exit(response.statusCode === 200 ? 0 : 1);
  },
);
request.on('timeout', () => request.destroy());
request.on('error', () => process.exit(1));
