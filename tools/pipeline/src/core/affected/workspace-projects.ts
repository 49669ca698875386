import { join } from 'node:path';
import { tryProgram } from '@clarity/host';
import type { Workspace } from '../../io/workspace';
import { PipelineError } from '../../errors';

/** Names of the projects that differ between two commits, with their dependents; without a range, all. */
export async function affectedProjects(
  { root }: Workspace,
  range: { base: string; head: string } | undefined,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const nx = join(root, 'node_modules/.bin/nx');
  const which = range ? ['--affected', `--base=${range.base}`, `--head=${range.head}`] : [];
  const { exitCode, stdout, stderr } = await tryProgram(
    nx,
    ['show', 'projects', ...which, '--json'],
    {
      cwd: root,
      env: { NX_DAEMON: 'false' },
      timeoutMs: 120_000,
      signal,
    },
  );
  if (exitCode !== 0)
    throw new PipelineError(
      'unexpected',
      `Nx could not list the affected projects:\n${stderr || stdout}`,
    );
  // Nx may print notices before its result.
  const json = stdout.split('\n').findLast((line) => line.startsWith('['));
  return (JSON.parse(json ?? '[]') as string[]).toSorted();
}

/** Whether this clone has the commit; a shallow clone has few. */
export async function hasCommit({ root }: Workspace, commit: string): Promise<boolean> {
  const args = ['cat-file', '-e', `${commit}^{commit}`];
  return (await tryProgram('git', args, { cwd: root, timeoutMs: 20_000 })).exitCode === 0;
}
