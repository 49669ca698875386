import { runCommand } from './run-command';

/** The commit of the working tree, marked where there are uncommitted changes; `unversioned` outside Git. */
export async function currentCommit(root: string): Promise<string> {
  const args = ['describe', '--always', '--abbrev=40', '--exclude=*', '--dirty'];
  const result = await runCommand('git', args, { cwd: root, timeoutMs: 20_000 }).catch(
    () => undefined,
  );
  return result?.code === 0 ? result.stdout.trim() : 'unversioned';
}
