/** How programs of this workspace are bundled, for `bundle.mjs` and for programs that watch and rebuild. */
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const workspaceRoot = resolve(import.meta.dirname, '../..');
const { license } = JSON.parse(readFileSync(join(workspaceRoot, 'package.json'), 'utf8'));

/**
 * Options of esbuild for entry points of a project, as CommonJS: an app for the Node of its image (also in
 * .nvmrc, for the jobs that test it), a tool for the oldest that runs the tools.
 * @param {string} project folder of the project, from the root of the workspace
 * @param {readonly string[]} entries `<path>` or `<path>=<name of the bundle>`, from that folder
 * @param {{ external?: readonly string[], outdir?: string }} [choices]
 */
export function bundleSettings(
  project,
  entries,
  { external = [], outdir = join('dist', project) } = {},
) {
  return {
    absWorkingDir: workspaceRoot,
    entryPoints: entries.map((entry) => {
      const [path, name] = entry.split('=');
      return { in: join(project, path), out: name ?? basename(path, '.ts') };
    }),
    outdir,
    bundle: true,
    platform: 'node',
    target: project.startsWith('apps/') ? 'node24' : 'node20.19',
    format: 'cjs',
    minifySyntax: true,
    keepNames: false,
    sourcemap: true,
    sourcesContent: false,
    external: [...external],
    tsconfig: 'tsconfig.base.json',
    // CommonJS has no import.meta; the few ESM packages that read import.meta.url get the bundle's.
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: {
      js: `/*! CLARITY, ${license} */ const importMetaUrl = require('node:url').pathToFileURL(__filename).href;`,
    },
    logLevel: 'warning',
  };
}
