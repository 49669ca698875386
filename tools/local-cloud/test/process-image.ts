import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes an image of one file to a store, as the pipeline does; the reference by digest. */
export function writeImage(store: string, name: string, main: string): string {
  const files = { 'main.js': createHash('sha256').update(main).digest('hex') };
  const image = JSON.stringify({ schema: 1, name, command: ['node', 'main.js'], files });
  const digest = createHash('sha256').update(image).digest('hex');
  const folder = join(store, `sha256-${digest}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'image.json'), image);
  writeFileSync(join(folder, 'main.js'), main);
  return `registry.test/${name}@sha256:${digest}`;
}

/** A server that answers `/` with its environment and `/livez` with 200, and drains on SIGTERM. */
export const serverProgram = (version: string): string => `
const { createServer } = require('node:http');
const server = createServer((request, response) => {
  if (request.url === '/slow') return setTimeout(() => response.end('slow'), 300);
  if (request.url === '/exit') return process.exit(3);
  response.end(JSON.stringify({ version: '${version}', env: process.env, headers: request.headers }));
});
server.listen(Number(process.env.PORT), process.env.HOST, () => console.log('listening ${version}'));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;
