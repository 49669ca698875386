/**
 * Bundles entry points of a project with esbuild into dist/<project>, as CommonJS for Node 20.
 * Usage: node tools/workspace/bundle.mjs <project> <entry>[=<name>] … [--external <package>] …
 */
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const workspaceRoot = resolve(import.meta.dirname, '../..');
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { external: { type: 'string', multiple: true, default: [] } },
});
const [project, ...entries] = positionals;
if (!project || entries.length === 0) {
  console.error('usage: bundle.mjs <project> <entry>[=<name>] … [--external <package>] …');
  process.exit(2);
}
const { license } = JSON.parse(readFileSync(join(workspaceRoot, 'package.json'), 'utf8'));

await build({
  absWorkingDir: workspaceRoot,
  entryPoints: entries.map((entry) => {
    const [path, name] = entry.split('=');
    return { in: join(project, path), out: name ?? basename(path, '.ts') };
  }),
  outdir: join('dist', project),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minifySyntax: true,
  keepNames: true,
  sourcemap: true,
  sourcesContent: false,
  external: values.external,
  tsconfig: 'tsconfig.base.json',
  // CommonJS has no import.meta; the few ESM packages that read import.meta.url get the bundle's.
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: {
    js: `/*! CLARITY, ${license} */ const importMetaUrl = require('node:url').pathToFileURL(__filename).href;`,
  },
  logLevel: 'warning',
});
