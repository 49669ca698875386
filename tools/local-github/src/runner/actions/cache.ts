import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { outputOf } from '../run-program';
import type { StandIn } from './stand-in';

/** Nobody writes into installed packages, so they are linked, which costs no time; all else is copied. */
const copy = (path: string) => (path === 'node_modules' ? '-al' : '-a');

/**
 * actions/cache: restores by key, else by the newest that begins with a restore key; saves at the end of
 * a job that went well, unless the key was there. A seed is an entry that was there before: of this key,
 * or of one of the restore keys.
 */
export const cache: StandIn = {
  inputs: ['path', 'key', 'restore-keys'],
  async run({ inputs, workspace, workFolder, cacheSeeds, print }) {
    const { path = '', key = '' } = inputs;
    if (path.includes('\n')) throw new Error('The embedded GitHub caches one path a step.');
    const restoreKeys = (inputs['restore-keys'] ?? '').split('\n').filter(Boolean);
    const store = join(workFolder, 'cache');
    await mkdir(store, { recursive: true });
    const entry = (name: string) => join(store, encodeURIComponent(name));
    const target = join(workspace, path);
    const restore = async (from: string, what: string) => {
      await rm(target, { recursive: true, force: true });
      await mkdir(dirname(target), { recursive: true });
      await outputOf('cp', [copy(path), from, target], workspace);
      print(`Cache restored from key: ${what}`);
    };
    const save = async () => {
      if (existsSync(entry(key)) || !existsSync(target)) return;
      const temporary = `${entry(key)}.${process.hrtime.bigint()}.tmp`;
      await outputOf('cp', [copy(path), target, temporary], workspace);
      // A copy is as old as what it is of; an entry is as old as its being saved.
      await utimes(temporary, new Date(), new Date());
      await rename(temporary, entry(key)).catch(() =>
        rm(temporary, { recursive: true, force: true }),
      );
    };
    const seed = Object.entries(cacheSeeds).find(
      ([prefix, folder]) => key.startsWith(prefix) && existsSync(folder),
    );
    if (existsSync(entry(key))) await restore(entry(key), key);
    else if (seed && restoreKeys.length === 0) await restore(seed[1], key);
    else {
      const partial = await newest(store, restoreKeys);
      if (partial) await restore(join(store, partial), decodeURIComponent(partial));
      else if (seed) await restore(seed[1], seed[0]);
      else print(`Cache not found for key: ${key}`);
      return { outputs: { 'cache-hit': partial || seed ? 'false' : '' }, post: save };
    }
    return { outputs: { 'cache-hit': 'true' } };
  },
};

/** The name of the last saved entry that begins with the first of the prefixes of which there is one. */
async function newest(store: string, prefixes: readonly string[]): Promise<string | undefined> {
  const names = (await readdir(store)).filter((name) => !name.endsWith('.tmp'));
  for (const prefix of prefixes) {
    const found = names.filter((name) => decodeURIComponent(name).startsWith(prefix));
    const entries = found.map(async (name) => ({
      name,
      at: (await stat(join(store, name))).mtimeMs,
    }));
    const [last] = (await Promise.all(entries)).toSorted((a, b) => b.at - a.at);
    if (last) return last.name;
  }
  return undefined;
}
