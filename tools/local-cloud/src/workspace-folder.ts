import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The folder at or above `from` that holds `entry`; undefined where none does. */
export function folderAbove(from: string, entry: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, entry))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** The workspace (the folder with nx.json) at or above the current folder, else the folder itself. */
export const workspaceFolder = (from: string = process.cwd()): string =>
  folderAbove(from, 'nx.json') ?? resolve(from);
