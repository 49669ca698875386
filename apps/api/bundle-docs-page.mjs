/** Puts the files of the /docs page next to the bundle, which has no node_modules at run time. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const require = createRequire(import.meta.url);
const from = join(dirname(require.resolve('@fastify/swagger-ui/package.json')), 'static');
const to = resolve(import.meta.dirname, '../../dist/apps/api/swagger-ui');
const files = [
  'favicon-16x16.png',
  'favicon-32x32.png',
  'index.css',
  'swagger-ui-bundle.js',
  'swagger-ui-standalone-preset.js',
  'swagger-ui.css',
];

mkdirSync(to, { recursive: true });
for (const file of files) copyFileSync(join(from, file), join(to, file));
