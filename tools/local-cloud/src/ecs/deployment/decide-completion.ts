import { boundsOf } from './bounds';
import type { Command, ServiceState, Step } from './state';
import { tallyOf, type Tally } from './tally';
import { bakedAt, type Underway } from './current-rollout';

/**
 * Whether the service is where it should be: nothing but the primary's tasks, all of them serving.
 * A rollout is completed then, and, where alarms watch it, once those had the time to go off.
 */
export function judgeCompletion(state: ServiceState, now: number): Step {
  const [primary] = state.deployments;
  if (!primary) return { state, commands: [] };
  const tally = tallyOf(state);
  const settled =
    tally.notOwn === 0 &&
    tally.stopping === 0 &&
    tally.all === boundsOf(state).desired &&
    tally.ownReady === tally.all;
  const steady = settled && primary.rollout !== 'failed';
  const underway = steady ? baking(state, now) : awake(state.underway);
  const ends = steady && underway !== undefined && isOver(state, underway, now);
  const commands: Command[] = [];
  if (ends) commands.push(endOf(underway, primary.id));
  if (settled && !state.steady && (steady || state.draining))
    commands.push({ kind: state.draining ? 'drained' : 'steady-state' });
  const completed = { ...primary, rollout: 'completed' as const, cause: undefined, updatedAt: now };
  return {
    state: {
      ...state,
      deployments: [ends ? completed : primary, ...populated(state, tally, ends)],
      lastCompleted: ends ? { id: primary.id, revision: primary.revision } : state.lastCompleted,
      underway: ends ? undefined : underway,
      steady: settled,
    },
    commands,
  };
}

/** Alarms watch a rollout to the end, but not the way back. */
const isWatched = ({ safeguards }: ServiceState, { phase }: Underway): boolean =>
  safeguards.alarms !== undefined && phase === 'rolling-out';

function baking(state: ServiceState, now: number): Underway | undefined {
  const { underway } = state;
  if (!underway || !isWatched(state, underway)) return underway;
  return { ...underway, bakingSince: underway.bakingSince ?? now };
}

const awake = (underway: Underway | undefined): Underway | undefined =>
  underway?.bakingSince === undefined ? underway : { ...underway, bakingSince: undefined };

function isOver(state: ServiceState, underway: Underway, now: number): boolean {
  if (underway.phase === 'stop-requested' || underway.phase === 'rollback-requested') return false;
  if (!isWatched(state, underway)) return true;
  const due = bakedAt(underway);
  return due !== undefined && now >= due;
}

const endOf = ({ phase, deploymentId }: Underway, primary: string): Command =>
  phase === 'rolling-back'
    ? { kind: 'rollback-completed', deploymentId, to: primary }
    : { kind: 'deployment-completed', deploymentId };

/** Older deployments stay while they have tasks; what may be rolled back to, until that is over. */
function populated(state: ServiceState, tally: Tally, ends: boolean) {
  const older = state.deployments.slice(1);
  if (older.length === 0) return older;
  const candidate = ends || !state.underway ? undefined : state.lastCompleted?.id;
  const hasTasks = (id: string) =>
    tally.notOwn > 0 && state.tasks.some((task) => task.deploymentId === id);
  return older.filter(({ id }) => id === candidate || hasTasks(id));
}
