import { playPullRequests } from './pull-requests';
import { playPushes } from './pushes';
import { playRollback } from './rollback-dispatch';
import type { WorkflowStory } from './current-release';

/**
 * The three uses of the pipeline, as people meet them at GitHub: a pull request gets its plan, a push to
 * main deploys, a dispatch rolls back.
 * @param back release to go back to in the end
 */
export async function tellWorkflows(options: WorkflowStory, back: string): Promise<void> {
  const pullRequest = await playPullRequests(options);
  await playPushes(options, pullRequest);
  await playRollback(options, back);
}
