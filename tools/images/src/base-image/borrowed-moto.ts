import { mkdir, mkdtemp, open, rm, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { tryProgram } from '@clarity/host';
import type { CleanUps } from '../ending/clean-ups';
import type { Docker } from '../engine/docker';
import { CannotTest } from '../errors';
import { importFolder } from './import-folder';

/** The moto of this machine, in a container that has this machine's programs and nothing else. */
export interface BorrowedMoto {
  readonly image: string;
  readonly volumes: readonly string[];
  /** PATH inside. */
  readonly path: string;
}

const image = 'clarity-borrowed-moto:local';
const probe =
  'import sys, moto, flask; print(sys.executable, sys.prefix, sys.base_prefix, sep="\\n")';

/**
 * Where moto's image cannot be pulled: an empty image whose containers see this machine's /usr and
 * Python read-only. It serves an engine on this machine only.
 * @throws CannotTest if this machine has no moto
 */
export async function borrowMoto(docker: Docker, clean: CleanUps): Promise<BorrowedMoto> {
  const [executable, ...prefixes] = await findPython();
  const root = await mkdtemp(join(tmpdir(), 'clarity-moto-'));
  clean.add(root, () => rm(root, { recursive: true, force: true }));
  for (const folder of ['tmp', 'etc', 'usr', 'bin']) await mkdir(join(root, folder));
  for (const library of ['lib', 'lib64']) await symlink(`usr/${library}`, join(root, library));
  await symlink(executable, join(root, 'bin/python'));
  await importFolder(docker, root, image);
  const folders = ['/usr', ...prefixes.filter((prefix) => !/^\/usr(\/|$)/.test(prefix))];
  return {
    image,
    volumes: [...new Set(folders)].map((folder) => `${folder}:${folder}:ro`),
    path: `${dirname(executable)}:/bin`,
  };
}

async function findPython(): Promise<[string, ...string[]]> {
  for (const python of [await ownerOf('moto_server'), 'python3', 'python']) {
    if (!python) continue;
    const { exitCode, stdout } = await tryProgram(python, ['-c', probe]);
    const [executable, ...prefixes] = stdout.split('\n');
    if (exitCode === 0 && executable) return [executable, ...prefixes];
  }
  throw new CannotTest(
    "The moto image cannot be pulled and this machine has no moto: pip install 'moto[server]'",
  );
}

/** The interpreter that a console script on PATH names in its first line. */
async function ownerOf(script: string): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const path = folders.map((folder) => join(folder, script)).find((each) => existsSync(each));
  if (!path) return undefined;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    const program = /^#!\s*(\S+)/.exec(buffer.toString('utf8', 0, bytesRead))?.[1];
    return program && /python[\d.]*$/.test(program) ? program : undefined;
  } finally {
    await file.close();
  }
}
