import type { Workspace } from '../../io/workspace';
import { affectedBy, baseOf, type Affected } from './affected-by';
import { affectedProjects, hasCommit } from './workspace-projects';

/**
 * What the checked-out commit changes compared with a release, or everything if that cannot be told.
 * @param release Git SHA of the release
 */
export async function affectedSince(
  workspace: Workspace,
  release: string | undefined,
  signal: AbortSignal,
): Promise<Affected> {
  const base = await baseOf(release, (commit) => hasCommit(workspace, commit));
  const range = base.commit === undefined ? undefined : { base: base.commit, head: 'HEAD' };
  return affectedBy(await affectedProjects(workspace, range, signal), base.commit);
}
