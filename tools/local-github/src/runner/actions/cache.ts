import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { outputOf } from '../run-program';
import type { StandIn } from './stand-in';

/**
 * actions/cache: restores by key, else by the newest that begins with a restore key; saves at the end of
 * a job that went well, unless the key was there. Files are hard links, so that it costs no time.
 */
export const cache: StandIn = {
  inputs: ['path', 'key', 'restore-keys'],
  async run({ inputs, workspace, workFolder, cacheSeeds, print }) {
    const { path = '', key = '' } = inputs;
    if (path.includes('\n')) throw new Error('The embedded GitHub caches one path a step.');
    const store = join(workFolder, 'cache');
    await mkdir(store, { recursive: true });
    const entry = (name: string) => join(store, encodeURIComponent(name));
    const target = join(workspace, path);
    const restore = async (from: string, what: string) => {
      await rm(target, { recursive: true, force: true });
      await mkdir(dirname(target), { recursive: true });
      await outputOf('cp', ['-al', from, target], workspace);
      print(`Cache restored from key: ${what}`);
    };
    const save = async () => {
      if (existsSync(entry(key)) || !existsSync(target)) return;
      const temporary = `${entry(key)}.${process.pid}.tmp`;
      await rm(temporary, { recursive: true, force: true });
      await outputOf('cp', ['-al', target, temporary], workspace);
      await rename(temporary, entry(key)).catch(() =>
        rm(temporary, { recursive: true, force: true }),
      );
    };
    const seed = Object.entries(cacheSeeds).find(([prefix]) => key.startsWith(prefix))?.[1];
    if (existsSync(entry(key))) await restore(entry(key), key);
    else if (seed && existsSync(seed)) await restore(seed, key);
    else {
      const partial = await newest(
        store,
        (inputs['restore-keys'] ?? '').split('\n').filter(Boolean),
      );
      if (partial) await restore(join(store, partial), decodeURIComponent(partial));
      else print(`Cache not found for key: ${key}`);
      return { outputs: { 'cache-hit': partial ? 'false' : '' }, post: save };
    }
    return { outputs: { 'cache-hit': 'true' } };
  },
};

/** Entries are few, and their names begin with their keys; the last written is the newest. */
async function newest(store: string, prefixes: readonly string[]): Promise<string | undefined> {
  const entries = (await readdir(store)).filter((name) => !name.endsWith('.tmp')).toReversed();
  for (const prefix of prefixes) {
    const found = entries.find((name) => decodeURIComponent(name).startsWith(prefix.trim()));
    if (found) return found;
  }
  return undefined;
}
