import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '@clarity/host';
import limit from 'p-limit';

/** Replaces a text in a file; the text has to be there. */
export interface Edit {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

/** What the embedded GitHub has of this project: a clone whose branches the scenarios move. */
export interface Repository {
  readonly folder: string;
  main(): Promise<string>;
  /** Commits on a branch, which starts at main if it is new. @returns the commit */
  commit(branch: string, message: string, edits: readonly Edit[]): Promise<string>;
  /** Merges a branch into main as GitHub's button does. @returns the merge commit */
  merge(branch: string): Promise<string>;
}

/**
 * Clones the workspace as it is, uncommitted changes included.
 * @throws Error if it is not a Git repository
 */
export async function cloneWorkspace(root: string, folder: string): Promise<Repository> {
  const start = await commitOfNow(root);
  await rm(folder, { recursive: true, force: true });
  await git(root, 'clone', '--quiet', '--shared', '--no-checkout', root, folder);
  const here = (...args: string[]) => git(folder, ...args);
  /** The clone has one working tree: commits of scenarios that run at the same time take turns. */
  const inTurn = limit(1);
  await here('checkout', '--quiet', '-B', 'main', start);
  return {
    folder,
    main: () => here('rev-parse', 'main'),
    commit: (branch, message, edits) =>
      inTurn(async () => {
        const exists = (await here('branch', '--list', branch)) !== '';
        await here('checkout', '--quiet', ...(exists ? [branch] : ['-b', branch, 'main']));
        for (const edit of edits) await apply(folder, edit);
        await here('commit', '--quiet', '--all', `--message=${message}`);
        return here('rev-parse', 'HEAD');
      }),
    merge: (branch) =>
      inTurn(async () => {
        await here('checkout', '--quiet', 'main');
        await here('merge', '--quiet', '--no-ff', `--message=Merge ${branch}`, branch);
        return here('rev-parse', 'HEAD');
      }),
  };
}

/** HEAD, or a new commit with what is not committed yet; no branch of the workspace moves. */
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
  if (!content.includes(from)) throw new Error(`${path} no longer contains "${from}".`);
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
  return (await runProgram('git', [...author, ...args], { cwd: folder, env })).trim();
}
