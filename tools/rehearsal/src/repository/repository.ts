import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Replaces a text in a file; in the repository it has to be there, so that a change is one. */
export interface Edit {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

/** What the embedded GitHub has of this project: a clone whose branches the story moves. */
export interface Repository {
  readonly folder: string;
  main(): Promise<string>;
  /** Commits on a branch, which begins at main where there is none. @returns the commit */
  commit(branch: string, message: string, edits: readonly Edit[]): Promise<string>;
  /** Merges a branch into main as GitHub's button does. @returns the merge commit */
  merge(branch: string): Promise<string>;
}

/**
 * Clones the workspace as it is, uncommitted changes included.
 * @throws Error where it is no Git repository
 */
export async function cloneWorkspace(root: string, folder: string): Promise<Repository> {
  const start = await commitOfNow(root);
  await rm(folder, { recursive: true, force: true });
  await git(root, 'clone', '--quiet', '--shared', '--no-checkout', root, folder);
  const here = (...args: string[]) => git(folder, ...args);
  await here('checkout', '--quiet', '-B', 'main', start);
  return {
    folder,
    main: () => here('rev-parse', 'main'),
    async commit(branch, message, edits) {
      const exists = (await here('branch', '--list', branch)) !== '';
      await here('checkout', '--quiet', ...(exists ? [branch] : ['-b', branch, 'main']));
      for (const edit of edits) await apply(folder, edit);
      await here('commit', '--quiet', '--all', `--message=${message}`);
      return here('rev-parse', 'HEAD');
    },
    async merge(branch) {
      await here('checkout', '--quiet', 'main');
      await here('merge', '--quiet', '--no-ff', `--message=Merge ${branch}`, branch);
      return here('rev-parse', 'HEAD');
    },
  };
}

/** HEAD, or a commit of its own for what is not committed yet; no branch of the workspace moves. */
async function commitOfNow(root: string): Promise<string> {
  const head = await git(root, 'rev-parse', 'HEAD');
  if ((await git(root, 'status', '--porcelain')) === '') return head;
  const index = join(tmpdir(), `clarity-rehearsal-${process.pid}.index`);
  const env = { GIT_INDEX_FILE: index };
  try {
    await gitWith(env, root, 'read-tree', 'HEAD');
    await gitWith(env, root, 'add', '--all');
    const tree = await gitWith(env, root, 'write-tree');
    return await git(root, 'commit-tree', tree, '-p', head, '-m', 'Not committed yet');
  } finally {
    await rm(index, { force: true });
  }
}

async function apply(folder: string, { path, from, to }: Edit): Promise<void> {
  const file = join(folder, path);
  const content = await readFile(file, 'utf8');
  if (!content.includes(from)) throw new Error(`${path} has no longer "${from}".`);
  await writeFile(
    file,
    content.replace(from, () => to),
  );
}

const author = ['-c', 'user.name=Rehearsal', '-c', 'user.email=rehearsal@clarity.example'];
const git = (folder: string, ...args: string[]) => gitWith({}, folder, ...args);

async function gitWith(
  env: Readonly<Record<string, string>>,
  folder: string,
  ...args: string[]
): Promise<string> {
  const options = { cwd: folder, env: { ...process.env, ...env }, maxBuffer: 16 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)('git', [...author, ...args], options);
  return stdout.trim();
}
