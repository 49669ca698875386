/**
 * Bundles entry points of a project with esbuild into dist/<project>, as CommonJS.
 * Usage: node tools/workspace/bundle.mjs <project> [<entry>[=<name>] …] [--external <package>] [--copy <folder>] …
 * Without entries, src/main.ts. `--copy` takes a folder of the project along as it is.
 */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { bundleSettings } from './bundle-settings.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    external: { type: 'string', multiple: true, default: [] },
    copy: { type: 'string', multiple: true, default: [] },
  },
});
const [project, ...entries] = positionals;
if (!project) {
  console.error(
    'usage: bundle.mjs <project> [<entry>[=<name>] …] [--external <package>] [--copy <folder>] …',
  );
  process.exit(2);
}

const settings = bundleSettings(project, entries.length > 0 ? entries : ['src/main.ts'], {
  external: values.external,
});
// A quarter of the time of esbuild, a Go program, is the collection of garbage. It makes little, and ends soon.
process.env.GOGC ??= 'off';
process.env.GOMEMLIMIT ??= '1GiB';
await build(settings);
for (const folder of values.copy) {
  const target = join(settings.absWorkingDir, settings.outdir, folder);
  rmSync(target, { recursive: true, force: true });
  cpSync(join(settings.absWorkingDir, project, folder), target, { recursive: true });
}
