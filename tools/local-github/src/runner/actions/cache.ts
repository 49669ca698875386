import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, symlink, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { runProgram } from '@clarity/host';
import { NotSupported } from '../not-supported';
import type { StandIn } from './stand-in';

/** Nothing writes into installed packages, so they are linked; all else is copied. */
const copy = (path: string) => (path === 'node_modules' ? '-al' : '-a');

/** Links to the packages of this machine cost no time; they resolve from where they are installed. */
async function linkEach(packages: string, target: string): Promise<void> {
  await mkdir(target);
  const names = await readdir(packages);
  await Promise.all(names.map((name) => symlink(join(packages, name), join(target, name))));
}

/**
 * actions/cache: restores by key, else the newest entry that begins with a restore key, first of its own
 * ref and then of main; saves for its ref at the end of a job that went well, unless the key was there. A
 * pull request's entries are its own, as at GitHub. A seed is an entry that was there before: of this key,
 * or of one of the restore keys.
 */
export const cache: StandIn = {
  version: 'v5',
  inputs: ['path', 'key', 'restore-keys'],
  async run({ inputs, workspace, workFolder, env, cacheSeeds, print }) {
    const { path = '', key = '' } = inputs;
    if (path.includes('\n')) throw new NotSupported('more than one path in a cache step');
    const restoreKeys = (inputs['restore-keys'] ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    const storeOf = (ref: string) => join(workFolder, 'cache', encodeURIComponent(ref));
    const ref = env['GITHUB_REF'] ?? defaultRef;
    const own = join(storeOf(ref), encodeURIComponent(key));
    const target = join(workspace, path);
    const restore = async (from: string, what: string) => {
      await rm(target, { recursive: true, force: true });
      await mkdir(dirname(target), { recursive: true });
      if (basename(from) === 'node_modules') await linkEach(from, target);
      else await runProgram('cp', [copy(path), from, target], { cwd: workspace });
      print(`Cache restored from key: ${what}`);
    };
    const save = async () => {
      if (existsSync(own) || !existsSync(target)) return;
      const temporary = `${own}.${process.hrtime.bigint()}.tmp`;
      await mkdir(dirname(own), { recursive: true });
      await runProgram('cp', [copy(path), target, temporary], { cwd: workspace });
      // A copy is as old as its original; an entry is as old as its save.
      await utimes(temporary, new Date(), new Date());
      await rename(temporary, own).catch(() => rm(temporary, { recursive: true, force: true }));
    };
    const seed = Object.entries(cacheSeeds).find(
      ([prefix, folder]) => key.startsWith(prefix) && existsSync(folder),
    );
    const found =
      (await lookUp([...new Set([ref, defaultRef])].map(storeOf), key, restoreKeys)) ??
      (seed && { folder: seed[1], key: restoreKeys.length === 0 ? key : seed[0] });
    if (!found) {
      print(`Cache not found for key: ${key}`);
      return { outputs: { 'cache-hit': '' }, post: save };
    }
    await restore(found.folder, found.key);
    return found.key === key
      ? { outputs: { 'cache-hit': 'true' } }
      : { outputs: { 'cache-hit': 'false' }, post: save };
  },
};

const defaultRef = 'refs/heads/main';

interface CacheEntry {
  readonly folder: string;
  readonly key: string;
}

/** The entry of this key, else the newest of the first restore key that has one; store by store. */
async function lookUp(
  stores: readonly string[],
  key: string,
  restoreKeys: readonly string[],
): Promise<CacheEntry | undefined> {
  for (const store of stores) {
    const exact = join(store, encodeURIComponent(key));
    if (existsSync(exact)) return { folder: exact, key };
    const partial = await newest(store, restoreKeys);
    if (partial) return { folder: join(store, partial), key: decodeURIComponent(partial) };
  }
  return undefined;
}

/** The name of the last saved entry that begins with the first prefix that has one. */
async function newest(store: string, prefixes: readonly string[]): Promise<string | undefined> {
  const names = (await readdir(store).catch(() => [])).filter((name) => !name.endsWith('.tmp'));
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
