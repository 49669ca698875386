import { PipelineError } from '../../errors';
import { contains } from '../../io/git';
import type { AwsContext } from '../context';
import type { Release } from './release';

/** The environment that a commit has to be current in before it may get to the next one. */
export interface PreviousEnvironment {
  readonly environment: string;
  /** Its current release. */
  current(): Promise<Release | undefined>;
}

/**
 * Checks that a commit is next in line, whatever run brought it here: jobs are evicted, cancelled and run
 * again, and none of that may let a commit skip an environment or replace a newer one.
 * @throws PipelineError `outOfOrder`
 */
export async function assertMayDeploy(
  { pointer, workspace, environment }: AwsContext,
  gitSha: string,
  previous: PreviousEnvironment | undefined,
): Promise<void> {
  const before = previous && (await previous.current());
  if (previous && before?.gitSha !== gitSha)
    throw new PipelineError(
      'outOfOrder',
      `${short(gitSha)} is not the current release of ${previous.environment}, which is ${before ? short(before.gitSha) : 'empty'}.`,
      `Deploy it to ${previous.environment} first.`,
    );
  const current = await pointer.read();
  if (current && isCommit(current.gitSha) && !(await contains(workspace.root, current.gitSha)))
    throw new PipelineError(
      'outOfOrder',
      `${short(gitSha)} does not contain ${short(current.gitSha)}, the current release of ${environment}.`,
      'To go back to an older release, use a rollback. If this clone is shallow, run: git fetch --unshallow',
    );
}

/** A person's release may come from a working tree that no commit describes. */
function isCommit(gitSha: string): boolean {
  return /^[0-9a-f]{40}$/.test(gitSha);
}

function short(gitSha: string): string {
  return gitSha.slice(0, 7);
}
