import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ImportError } from '../weights/import-error';
import type { ModelBundle } from './make-bundle';

const manifestFile = 'manifest.json';

/**
 * Writes a bundle to `folder`, all of it or nothing: into a folder next to it first, then renamed. A
 * bundle that is there already is replaced.
 * @throws ImportError if the folder holds something else or cannot be written
 */
export async function writeBundle(bundle: ModelBundle, folder: string): Promise<void> {
  const target = resolve(folder);
  try {
    const there = await filesIn(target);
    if (there !== undefined && there.length > 0 && !there.includes(manifestFile))
      throw new ImportError(`${folder} exists and is not a model bundle.`);
    await replaceFolder(bundle, target, there !== undefined);
  } catch (cause) {
    if (cause instanceof ImportError) throw cause;
    throw new ImportError(`${folder} cannot be written: ${(cause as Error).message}`, { cause });
  }
}

/** @returns undefined if there is no such folder */
async function filesIn(folder: string): Promise<readonly string[] | undefined> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

async function replaceFolder(
  { manifest, graph }: ModelBundle,
  target: string,
  exists: boolean,
): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const made = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    const fresh = join(made, 'new');
    await mkdir(fresh);
    await writeFile(join(fresh, manifest.graph.file), graph);
    await writeFile(join(fresh, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`);
    if (exists) await rename(target, join(made, 'old'));
    await rename(fresh, target);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}
