/**
 * Bundles entry points of a project with esbuild into dist/<project>, as CommonJS for Node 20.
 * Usage: node tools/workspace/bundle.mjs <project> <entry>[=<name>] … [--external <package>] …
 */
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { bundleSettings } from './bundle-settings.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { external: { type: 'string', multiple: true, default: [] } },
});
const [project, ...entries] = positionals;
if (!project || entries.length === 0) {
  console.error('usage: bundle.mjs <project> <entry>[=<name>] … [--external <package>] …');
  process.exit(2);
}

await build(bundleSettings(project, entries, { external: values.external }));
