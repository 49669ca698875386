import { tryProgram } from '@clarity/host';

const timeoutMs = 20_000;

/**
 * The commits of the main branch that a deploy brings: `head`, and those since `base`. A merge counts and not the
 * commits in it, because a pull request is found by the commit that merged it.
 * @param base the commit of the current release, if there is one
 * @returns only `head` if this clone does not have the base
 */
export async function commitsSince(
  root: string,
  base: string | undefined,
  head: string,
): Promise<readonly string[]> {
  if (base === undefined) return [head];
  const range = ['rev-list', '--first-parent', `${base}..${head}`, '--'];
  const { exitCode, stdout } = await tryProgram('git', range, { cwd: root, timeoutMs });
  return [...new Set([head, ...(exitCode === 0 ? stdout.split('\n').filter(Boolean) : [])])];
}
