/**
 * Builds a program of the workspace and runs it.
 * Usage: node tools/workspace/run-built.mjs <project> [argument …]
 *
 * If the build of the project depends on other builds, Nx makes all of them, from its cache if nothing has
 * changed. If not, bundling the program is enough, and takes less time than Nx takes to start. The program
 * may build more itself: CLARITY_BUILD=as-needed tells it that it was started from its sources.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';

const workspaceRoot = resolve(import.meta.dirname, '../..');
const [project, ...args] = process.argv.slice(2);
if (!project) {
  console.error('usage: run-built.mjs <project> [argument …]');
  process.exit(2);
}

const { name, targets } = JSON.parse(
  readFileSync(join(workspaceRoot, project, 'project.json'), 'utf8'),
);
const { dependsOn, options } = targets?.build ?? {};
const [script, ...scriptArgs] = dependsOn
  ? ['node_modules/.bin/nx', 'build', name, '--outputStyle=static']
  : ['tools/workspace/bundle.mjs', project, ...(options?.args?.split(' ') ?? [])];
const build = spawnSync(process.execPath, [script, ...scriptArgs], {
  cwd: workspaceRoot,
  encoding: 'utf8',
});
if (build.status !== 0) {
  process.stderr.write(`${build.stdout}${build.stderr}`);
  process.exit(build.status ?? 1);
}

const program = spawn(
  process.execPath,
  [join(workspaceRoot, 'dist', project, 'main.js'), ...args],
  { stdio: 'inherit', env: { ...process.env, CLARITY_BUILD: 'as-needed' } },
);
// A terminal's Ctrl-C reaches the program by itself; other signals come to us alone.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => program.kill('SIGTERM'));
process.on('SIGHUP', () => program.kill('SIGTERM'));
program.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
