import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The folder at or above `from` that holds `entry`; undefined if none does. */
export function folderAbove(from: string, entry: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, entry))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** The root of the workspace (the folder with nx.json) at or above `from`; undefined outside one. */
export const workspaceRoot = (from: string = process.cwd()): string | undefined =>
  folderAbove(from, 'nx.json');
