import { runCommand } from './run-command';

/** The commit of the working tree, marked where there are uncommitted changes; `unversioned` outside Git. */
export async function currentCommit(root: string): Promise<string> {
  const args = ['describe', '--always', '--abbrev=40', '--exclude=*', '--dirty'];
  const result = await runCommand('git', args, { cwd: root, timeoutMs: 20_000 }).catch(
    () => undefined,
  );
  return result?.code === 0 ? result.stdout.trim() : 'unversioned';
}

/** When a commit was made, epoch seconds; 0 where Git does not know. */
export async function commitTime(root: string, commit: string): Promise<number> {
  const args = ['show', '--no-patch', '--format=%ct', commit];
  const { code, stdout } = await runCommand('git', args, { cwd: root, timeoutMs: 20_000 });
  return code === 0 ? Number(stdout.trim()) : 0;
}
