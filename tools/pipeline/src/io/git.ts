import { tryProgram } from '@clarity/host';

const timeoutMs = 20_000;

/** The commit of the working tree, `-dirty` with uncommitted changes; `unversioned` outside Git. */
export async function currentCommit(root: string): Promise<string> {
  const args = ['describe', '--always', '--abbrev=40', '--exclude=*', '--dirty'];
  const { exitCode, stdout } = await tryProgram('git', args, { cwd: root, timeoutMs });
  return exitCode === 0 ? stdout.trim() : 'unversioned';
}

/** Whether the checked-out commit is `commit`, or came after it; false if this clone does not have `commit`. */
export async function contains(root: string, commit: string): Promise<boolean> {
  const args = ['merge-base', '--is-ancestor', commit, 'HEAD'];
  const { exitCode } = await tryProgram('git', args, { cwd: root, timeoutMs });
  return exitCode === 0;
}

/** When a commit was made, in epoch seconds; 0 if Git does not have it. */
export async function commitTime(root: string, commit: string): Promise<number> {
  const args = ['show', '--no-patch', '--format=%ct', commit];
  const { exitCode, stdout } = await tryProgram('git', args, { cwd: root, timeoutMs });
  return exitCode === 0 ? Number(stdout.trim()) : 0;
}
