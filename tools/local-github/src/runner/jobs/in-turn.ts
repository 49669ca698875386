import type { JsonObject, NodeObject } from '../workflow/node';
import { concurrencyOf } from './concurrency-of';
import type { StartedWorkflow, WorkflowHost } from './workflow-host';

/**
 * Runs a workflow or a job once its concurrency group lets it.
 * @param node the workflow or the job
 * @param work gets the workflow with the signal and the groups that apply within
 * @returns undefined if it was cancelled before: replaced, or in a group that its own workflow holds
 */
export async function inTurn<T>(
  { groups }: WorkflowHost,
  workflow: StartedWorkflow,
  node: NodeObject,
  contexts: JsonObject,
  work: (workflow: StartedWorkflow) => Promise<T>,
): Promise<T | undefined> {
  const setting = concurrencyOf(node, contexts);
  if (!setting) return work(workflow);
  const { signal, held } = workflow;
  const group = setting.group.toLowerCase();
  // GitHub finds this deadlock too and cancels.
  if (held.includes(group)) return undefined;
  return groups.within(setting, signal, (cancelled) =>
    work({
      ...workflow,
      signal: AbortSignal.any([signal, cancelled]),
      held: [...held, group],
    }),
  );
}
