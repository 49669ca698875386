import { boundsOf } from './bounds';
import type { DeploymentState, ServiceState, TaskState } from './state';

/** Which tasks to start and to stop now. */
export interface TaskPlan {
  readonly starts: readonly { readonly deploymentId: string; readonly count: number }[];
  readonly stops: readonly number[];
}

/**
 * A rolling deployment, one decision: the new revision's tasks start as far as the maximum lets
 * them, and old ones stop as new ones serve, or, where the maximum leaves no room, down to the
 * minimum. Old tasks that die meanwhile are replaced from the last revision that completed, so that
 * a broken new one does not wear the service down.
 *
 * A stopping task counts until it is gone: it still holds its place (a GPU host has only one).
 */
export function planTasks(state: ServiceState, now: number): TaskPlan {
  const primary = state.deployments[0];
  const { desired, lower, upper } = boundsOf(state);
  const alive = state.tasks.filter((task) => task.phase !== 'stopping');
  const own = alive.filter((task) => task.deploymentId === primary?.id);
  const older = alive.filter((task) => task.deploymentId !== primary?.id);
  const serving = own.filter((task) => task.ready).length;
  const room = Math.max(0, upper - state.tasks.length);
  const wanted = Math.max(0, desired - own.length);

  const fallback = state.deployments.slice(1).find((each) => each.rollout === 'completed');
  const shortfall = fallback ? Math.max(0, lower - serving - older.length) : 0;
  // The new revision always gets one place, else a broken old one could keep it out for ever.
  const reserved = wanted > 0 && own.length === 0 ? 1 : 0;
  const replaced = allowed(fallback, Math.min(shortfall, Math.max(0, room - reserved)), now);
  const started = allowed(primary, Math.min(wanted, room - replaced), now);

  const crowded = wanted - started > room - replaced - started;
  const kept = Math.max(0, (crowded ? lower : desired) - serving);
  return {
    starts: [
      ...(primary && started > 0 ? [{ deploymentId: primary.id, count: started }] : []),
      ...(fallback && replaced > 0 ? [{ deploymentId: fallback.id, count: replaced }] : []),
    ],
    stops: [...surplus(own, desired), ...olderToStop(state, older, kept)],
  };
}

function allowed(deployment: DeploymentState | undefined, count: number, now: number): number {
  return deployment && now >= deployment.restart.notBefore ? count : 0;
}

/** The tasks beyond `count`; those that do not serve go first, then the newest. */
function surplus(tasks: readonly TaskState[], count: number): number[] {
  return [...tasks]
    .sort((a, b) => Number(b.ready) - Number(a.ready) || a.number - b.number)
    .slice(count)
    .map((task) => task.number);
}

/** As {@link surplus}, for older deployments: what never completed and does not serve is no use. */
function olderToStop(state: ServiceState, older: readonly TaskState[], kept: number): number[] {
  const completed = new Set(
    state.deployments.filter((each) => each.rollout === 'completed').map((each) => each.id),
  );
  const isUseful = (task: TaskState) => task.ready || completed.has(task.deploymentId);
  const useful = older.filter(isUseful);
  const useless = older.filter((task) => !isUseful(task));
  return [...useless.map((task) => task.number), ...surplus(useful, kept)];
}
