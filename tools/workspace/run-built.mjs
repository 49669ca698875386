/**
 * Builds the workspace (cached; silent unless it fails) and runs one of its programs.
 * Usage: node tools/workspace/run-built.mjs <project> [argument …]
 */
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';

const workspaceRoot = resolve(import.meta.dirname, '../..');
const [project, ...args] = process.argv.slice(2);
if (!project) {
  console.error('usage: run-built.mjs <project> [argument …]');
  process.exit(2);
}

const nx = join(workspaceRoot, 'node_modules/.bin/nx');
const build = spawnSync(nx, ['run-many', '-t', 'build', '--outputStyle=static'], {
  cwd: workspaceRoot,
  encoding: 'utf8',
});
if (build.status !== 0) {
  process.stderr.write(build.stdout + build.stderr);
  process.exit(build.status ?? 1);
}

const program = spawn(
  process.execPath,
  [join(workspaceRoot, 'dist', project, 'main.js'), ...args],
  {
    stdio: 'inherit',
  },
);
// A terminal's Ctrl-C reaches the program by itself; other signals come to us alone.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => program.kill('SIGTERM'));
process.on('SIGHUP', () => program.kill('SIGTERM'));
program.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
