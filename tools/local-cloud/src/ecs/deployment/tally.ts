import type { ServiceState, TaskState } from './state';

/** How many tasks a service has, by what they are to it. */
export interface Tally {
  readonly all: number;
  /** Of the primary deployment, not stopping; the ready ones among them. */
  readonly own: number;
  readonly ownReady: number;
  /** Of older deployments, not stopping. */
  readonly older: number;
  /** Told to end, but not gone. */
  readonly stopping: number;
  /** Of any older deployment, stopping or not. */
  readonly notOwn: number;
}

type Tasks = readonly TaskState[];

interface Known {
  readonly primary: string | undefined;
  readonly tally: Tally;
}

/** Tallies of task lists, which are never written to: thousands of tasks are not counted twice. */
const known = new WeakMap<Tasks, Known>();

const nothing: Tally = { all: 0, own: 0, ownReady: 0, older: 0, stopping: 0, notOwn: 0 };

export function tallyOf({ tasks, deployments }: ServiceState): Tally {
  const primary = deployments[0]?.id;
  const before = known.get(tasks);
  if (before && before.primary === primary) return before.tally;
  const counts: { -readonly [name in keyof Tally]: number } = { ...nothing };
  for (const task of tasks) count(counts, task, primary, 1);
  known.set(tasks, { primary, tally: counts });
  return counts;
}

/** Derives the tally of a list from that of the list it was made from, where that one is known. */
export function tallyAfter(
  before: Tasks,
  after: Tasks,
  { removed = [], added = [] }: { readonly removed?: Tasks; readonly added?: Tasks },
): void {
  const from = known.get(before);
  if (!from) return;
  const counts = { ...from.tally };
  for (const task of removed) count(counts, task, from.primary, -1);
  for (const task of added) count(counts, task, from.primary, 1);
  known.set(after, { primary: from.primary, tally: counts });
}

function count(
  tally: { -readonly [name in keyof Tally]: number },
  { deploymentId, phase, ready }: TaskState,
  primary: string | undefined,
  by: 1 | -1,
): void {
  const isOwn = deploymentId === primary;
  tally.all += by;
  if (!isOwn) tally.notOwn += by;
  if (phase === 'stopping') tally.stopping += by;
  else if (isOwn) {
    tally.own += by;
    if (ready) tally.ownReady += by;
  } else tally.older += by;
}
