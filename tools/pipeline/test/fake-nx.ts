import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Installs an Nx in a workspace that runs this shell script and records what it is asked. */
export async function fakeNx(root: string, script: string): Promise<void> {
  const nx = join(root, 'node_modules/.bin/nx');
  await mkdir(join(nx, '..'), { recursive: true });
  await writeFile(nx, `#!/bin/sh\necho "$@" >> "${root}/asked"\n${script}\n`);
  await chmod(nx, 0o755);
}

/** @returns what Nx was asked, one call per line */
export function askedOfNx(root: string): Promise<string> {
  return readFile(join(root, 'asked'), 'utf8').catch(() => '');
}
