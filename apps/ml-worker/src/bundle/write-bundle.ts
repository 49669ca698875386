import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ImportError } from '../weights/import-error';
import type { ModelBundle } from './make-bundle';

const manifestFile = 'manifest.json';

/**
 * Writes a bundle to `folder`, all of it or nothing: into a folder next to it first, then renamed. A
 * bundle that is there already is replaced.
 * @throws ImportError if the folder holds something else
 */
export async function writeBundle({ manifest, graph }: ModelBundle, folder: string): Promise<void> {
  const target = resolve(folder);
  const there = await readdir(target).catch(() => undefined);
  if (there !== undefined && there.length > 0 && !there.includes(manifestFile))
    throw new ImportError(`${folder} exists and is not a model bundle.`);
  await mkdir(dirname(target), { recursive: true });
  const made = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    const fresh = join(made, 'new');
    await mkdir(fresh);
    await writeFile(join(fresh, manifest.graph.file), graph);
    await writeFile(join(fresh, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`);
    if (there !== undefined) await rename(target, join(made, 'old'));
    await rename(fresh, target);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}
