import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Inside `.terraform`, so that it is deleted with that folder. */
const stampFile = '.terraform/initialised-for';

/**
 * What an initialisation depends on: the `terraform` block of the configuration (backend, providers) and
 * of its overrides. `terraform init` takes two seconds per stack, and does nothing if this has not changed.
 */
export async function initialisationKey(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.tf.json')).sort();
  for (const name of names) {
    const { terraform } = JSON.parse(await readFile(join(folder, name), 'utf8')) as {
      terraform?: unknown;
    };
    hash.update(`${name}\n${JSON.stringify(terraform)}\n`);
  }
  return hash.digest('hex');
}

export async function isInitialised(folder: string, key: string): Promise<boolean> {
  const stamp = await readFile(join(folder, stampFile), 'utf8').catch(() => undefined);
  return stamp === key;
}

export async function rememberInitialised(folder: string, key: string): Promise<void> {
  await writeFile(join(folder, stampFile), key);
}
