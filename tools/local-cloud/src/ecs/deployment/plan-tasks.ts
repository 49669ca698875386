import { boundsOf } from './bounds';
import type { DeploymentState, ServiceState, TaskState } from './state';
import type { Tally } from './tally';

/** Which tasks to start and to stop now. */
export interface TaskPlan {
  readonly starts: readonly { readonly deploymentId: string; readonly count: number }[];
  readonly stops: readonly number[];
  /** A task should start, but no host has room, and none will get any by itself. */
  readonly unplaced: boolean;
  /** The minimum and maximum percent let nothing start or stop, now or later. */
  readonly blocked: boolean;
}

/**
 * A rolling deployment, one decision: the new revision's tasks start as far as the maximum lets
 * them, and old ones stop as new ones serve, or, where the maximum leaves no room, down to the
 * minimum. Old tasks that die meanwhile are replaced from the last revision that completed, so that
 * a broken new one does not wear the service down. A deployment that failed starts nothing.
 *
 * The maximum counts tasks that are RUNNING or PENDING, as ECS has it: a stopping task overlaps with the one that
 * takes its place. Only its place on a host is taken until it is gone (a GPU host has only one).
 */
export function planTasks(state: ServiceState, tally: Tally, now: number): TaskPlan {
  const primary = state.deployments[0];
  const { desired, lower, upper } = boundsOf(state);
  const { own, ownReady, older, all, stopping } = tally;
  const allowedMore = upper - (all - stopping);
  const freePlaces = (state.capacity ?? Infinity) - all;
  const room = Math.max(0, Math.min(allowedMore, freePlaces));
  const wanted = primary?.rollout === 'failed' ? 0 : Math.max(0, desired - own);

  const fallback = lastCompletedOf(state);
  const shortfall = fallback ? Math.max(0, lower - ownReady - older) : 0;
  // The new revision always gets one place, else a broken old one could keep it out forever.
  const reserved = wanted > 0 && own === 0 ? 1 : 0;
  const replaced = allowed(fallback, Math.min(shortfall, Math.max(0, room - reserved)), now);
  const started = allowed(primary, Math.min(wanted, room - replaced), now);

  const crowded = wanted - started > room - replaced - started;
  const kept = Math.max(0, (crowded ? lower : desired) - ownReady);
  const stops = [
    ...(own > desired ? surplus(ownTasks(state), desired) : []),
    ...(older > 0 ? olderToStop(state, kept) : []),
  ];
  const still = stops.length === 0 && stopping === 0;
  return {
    starts: [
      ...(primary && started > 0 ? [{ deploymentId: primary.id, count: started }] : []),
      ...(fallback && replaced > 0 ? [{ deploymentId: fallback.id, count: replaced }] : []),
    ],
    stops,
    unplaced: still && freePlaces <= 0 && allowedMore > 0 && allowed(primary, wanted, now) > 0,
    blocked: still && allowedMore <= 0 && wanted > 0 && own === ownReady,
  };
}

/** The older deployment that a rollback would land on. */
const lastCompletedOf = ({
  deployments,
  lastCompleted,
}: ServiceState): DeploymentState | undefined =>
  deployments.find((each, index) => index > 0 && each.id === lastCompleted?.id);

function allowed(deployment: DeploymentState | undefined, count: number, now: number): number {
  return deployment && now >= deployment.restart.notBefore ? count : 0;
}

const ownTasks = ({ tasks, deployments }: ServiceState): TaskState[] =>
  tasks.filter((task) => task.phase !== 'stopping' && task.deploymentId === deployments[0]?.id);

/** The tasks beyond `count`; those that do not serve go first, then the newest. */
function surplus(tasks: readonly TaskState[], count: number): number[] {
  if (tasks.length <= count) return [];
  const serving = tasks.filter((task) => task.ready);
  const others = tasks.filter((task) => !task.ready);
  return [...serving, ...others].slice(count).map((task) => task.number);
}

/** As {@link surplus}, for older deployments: what never completed and does not serve is useless. */
function olderToStop({ tasks, deployments, lastCompleted }: ServiceState, kept: number): number[] {
  const useful: TaskState[] = [];
  const useless: number[] = [];
  for (const task of tasks) {
    if (task.phase === 'stopping' || task.deploymentId === deployments[0]?.id) continue;
    if (task.ready || task.deploymentId === lastCompleted?.id) useful.push(task);
    else useless.push(task.number);
  }
  return [...useless, ...surplus(useful, kept)];
}
