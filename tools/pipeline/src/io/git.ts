import { tryProgram } from '@clarity/host';

const timeoutMs = 20_000;

/** The commit of the working tree, `-dirty` with uncommitted changes; `unversioned` outside Git. */
export async function currentCommit(root: string): Promise<string> {
  const args = ['describe', '--always', '--abbrev=40', '--exclude=*', '--dirty'];
  const { exitCode, stdout } = await tryProgram('git', args, { cwd: root, timeoutMs });
  return exitCode === 0 ? stdout.trim() : 'unversioned';
}

/** When a commit was made, in epoch seconds; 0 if Git does not have it. */
export async function commitTime(root: string, commit: string): Promise<number> {
  const args = ['show', '--no-patch', '--format=%ct', commit];
  const { exitCode, stdout } = await tryProgram('git', args, { cwd: root, timeoutMs });
  return exitCode === 0 ? Number(stdout.trim()) : 0;
}
