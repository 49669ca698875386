import { boundsOf } from './bounds';
import type { Command, ServiceState, Step } from './state';
import { tallyOf, type Tally } from './tally';
import { bakedAt, type CurrentRollout } from './current-rollout';

/**
 * Whether the service is where it should be: nothing but the primary's tasks, all of them serving.
 * A rollout is completed then, and, where alarms watch it, once those had the time to go off.
 */
export function decideCompletion(state: ServiceState, now: number): Step {
  const [primary] = state.deployments;
  if (!primary) return { state, commands: [] };
  const tally = tallyOf(state);
  const settled =
    tally.notOwn === 0 &&
    tally.stopping === 0 &&
    tally.all === boundsOf(state).desired &&
    tally.ownReady === tally.all;
  const steady = settled && primary.rollout !== 'failed';
  const currentRollout = steady ? baking(state, now) : awake(state.currentRollout);
  const ends = steady && currentRollout !== undefined && isOver(state, currentRollout, now);
  const commands: Command[] = [];
  if (ends) commands.push(endOf(currentRollout, primary.id));
  if (settled && !state.steady && (steady || state.draining))
    commands.push({ kind: state.draining ? 'drained' : 'steady-state' });
  const completed = { ...primary, rollout: 'completed' as const, cause: undefined, updatedAt: now };
  return {
    state: {
      ...state,
      deployments: [ends ? completed : primary, ...populated(state, tally, ends)],
      lastCompleted: ends ? { id: primary.id, revision: primary.revision } : state.lastCompleted,
      currentRollout: ends ? undefined : currentRollout,
      steady: settled,
    },
    commands,
  };
}

/** Alarms watch a rollout to the end, but not the way back. */
const isWatched = ({ safeguards }: ServiceState, { phase }: CurrentRollout): boolean =>
  safeguards.alarms !== undefined && phase === 'rolling-out';

function baking(state: ServiceState, now: number): CurrentRollout | undefined {
  const { currentRollout } = state;
  if (!currentRollout || !isWatched(state, currentRollout)) return currentRollout;
  return { ...currentRollout, bakingSince: currentRollout.bakingSince ?? now };
}

const awake = (currentRollout: CurrentRollout | undefined): CurrentRollout | undefined =>
  currentRollout?.bakingSince === undefined
    ? currentRollout
    : { ...currentRollout, bakingSince: undefined };

function isOver(state: ServiceState, currentRollout: CurrentRollout, now: number): boolean {
  if (currentRollout.phase === 'rollback-requested') return false;
  if (!isWatched(state, currentRollout)) return true;
  const due = bakedAt(currentRollout);
  return due !== undefined && now >= due;
}

const endOf = ({ phase, deploymentId }: CurrentRollout, primary: string): Command =>
  phase === 'rolling-back'
    ? { kind: 'rollback-completed', deploymentId, to: primary }
    : { kind: 'deployment-completed', deploymentId };

/** Older deployments stay while they have tasks; what may be rolled back to, until that is over. */
function populated(state: ServiceState, tally: Tally, ends: boolean) {
  const older = state.deployments.slice(1);
  if (older.length === 0) return older;
  const candidate = ends || !state.currentRollout ? undefined : state.lastCompleted?.id;
  const hasTasks = (id: string) =>
    tally.notOwn > 0 && state.tasks.some((task) => task.deploymentId === id);
  return older.filter(({ id }) => id === candidate || hasTasks(id));
}
