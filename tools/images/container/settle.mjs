import { chmodSync, lstatSync, lutimesSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** World-writable with the sticky bit: a user cannot remove the files of another. */
const sharedFolder = 0o1777;

/**
 * Gives every file below `folder` the mode it has in the image and the date 1970-01-01, so that a
 * layer is a function of names and contents alone. Programs stay programs; nothing is writable.
 */
export function settle(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) settle(path);
    if (!entry.isSymbolicLink()) chmodSync(path, modeOf(path, entry));
    lutimesSync(path, 0, 0);
  }
  lutimesSync(folder, 0, 0);
}

function modeOf(path, entry) {
  if (!entry.isDirectory()) return lstatSync(path).mode & 0o111 ? 0o555 : 0o444;
  return entry.name === 'tmp' ? sharedFolder : 0o755;
}
