import { PipelineError } from '../../errors';
import { contains } from '../../io/git';
import { affectedBy } from '../affected/affected-by';
import { affectedProjects } from '../affected/workspace-projects';
import type { TerraformContext } from '../context';
import type { PreviousEnvironment } from '../stacks/manifest';
import { isCommit } from './release';

/**
 * Checks that a commit is next in line, no matter which run brought it here: jobs are evicted, cancelled and run
 * again, and none of that may let a commit skip an environment or replace a newer one.
 * @param previous the environment before, if there is one
 * @throws PipelineError `outOfOrder`
 */
export async function assertMayDeploy(
  context: TerraformContext,
  gitSha: string,
  previous: PreviousEnvironment | undefined,
): Promise<void> {
  const { pointer, workspace, environment } = context;
  if (previous && !(await isCurrentIn(context, gitSha, previous)))
    throw new PipelineError(
      'outOfOrder',
      `${short(gitSha)} is not the current release of ${previous.environment}.`,
      `Deploy it to ${previous.environment} first.`,
    );
  const current = await pointer.read();
  if (!current) return;
  // A deploy of one service may have brought a newer commit than that of the release.
  for (const commit of new Set([current.gitSha, ...Object.values(current.builtFrom ?? {})]))
    if (isCommit(commit) && !(await contains(workspace.root, commit)))
      throw new PipelineError(
        'outOfOrder',
        `${short(gitSha)} does not contain ${short(commit)}, which runs in ${environment}.`,
        'To go back to an older release, use a rollback. If this clone is shallow, run: git fetch --unshallow',
      );
}

/** Also if it only adds to what is current there what nobody deploys, such as documents. */
async function isCurrentIn(
  { workspace, signal, currentReleaseOf }: TerraformContext,
  gitSha: string,
  previous: PreviousEnvironment,
): Promise<boolean> {
  const there = (await currentReleaseOf(previous))?.gitSha;
  if (there === undefined || there === gitSha) return there === gitSha;
  if (!isCommit(there) || !(await contains(workspace.root, there))) return false;
  const projects = await affectedProjects(workspace, { base: there, head: 'HEAD' }, signal);
  return !affectedBy(projects, there).deploy;
}

function short(gitSha: string): string {
  return gitSha.slice(0, 7);
}
