/**
 * Takes out of package.json and its lock what no image is built with, so that `npm ci` installs the
 * rest, as locked, in a third of the time. A new dependency is in until a line here leaves it out.
 *
 * Usage: node leave-out-packages.mjs <folder of package.json and package-lock.json>
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of the dependencies: what only the infrastructure and the pipeline import. */
const notForApps = /^(@?cdktf|constructs|@actions)(\/|$)/;
/** Of the devDependencies: what `nx build` runs. */
const forBuilding = ['nx', 'esbuild'];

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: leave-out-packages.mjs <folder>');
  process.exit(2);
}

edit('package.json', (manifest) => manifest);
edit('package-lock.json', (lock) => lock.packages['']);

function edit(name, manifestIn) {
  const path = join(folder, name);
  const content = JSON.parse(readFileSync(path, 'utf8'));
  const manifest = manifestIn(content);
  manifest.dependencies = only(manifest.dependencies, (each) => !notForApps.test(each));
  manifest.devDependencies = only(manifest.devDependencies, (each) => forBuilding.includes(each));
  writeFileSync(path, JSON.stringify(content, null, 2));
}

function only(packages, wanted) {
  return Object.fromEntries(Object.entries(packages).filter(([name]) => wanted(name)));
}
