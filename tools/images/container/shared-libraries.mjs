import { execFileSync } from 'node:child_process';
import { cpSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The libraries that `ldd` found, and the names of those that are nowhere: a line is
 * `name => /path (0x…)`, the loader's own is `/path (0x…)`, a missing one is `name => not found`.
 */
export function parseLdd(output) {
  const lines = output.split('\n');
  return {
    paths: lines.flatMap((line) => /(?:=>|^)\s*(\/\S+) \(0x/.exec(line)?.[1] ?? []),
    missing: lines.flatMap((line) => /^\s*(\S+) => not found/.exec(line)?.[1] ?? []),
  };
}

/**
 * Copies the libraries of these files into the root `to`, at the paths where the loader looks for
 * them; those that lie below `inside` are in the image already.
 * @returns the names of libraries that are not on this system
 */
export function copyLibrariesOf(files, inside, to) {
  const found = files.map((file) => parseLdd(execFileSync('ldd', [file], { encoding: 'utf8' })));
  const paths = new Set(found.flatMap((each) => each.paths));
  for (const path of paths)
    if (!path.startsWith(inside)) cpSync(realpathSync(path), join(to, path));
  return [...new Set(found.flatMap((each) => each.missing))];
}
