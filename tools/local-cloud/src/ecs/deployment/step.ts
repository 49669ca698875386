import { applyEvent } from './apply-event';
import { unplacedTask } from './failed-task';
import { decideCompletion } from './decide-completion';
import { decideFailure } from './decide-failure';
import { planTasks, type TaskPlan } from './plan-tasks';
import {
  withoutCommands,
  type ServiceEvent,
  type ServiceState,
  type Step,
  type TaskState,
} from './state';
import { tallyOf } from './tally';
import { bakedAt } from './current-rollout';

/**
 * One turn of the service scheduler: takes in an event, judges whether the rollout has failed,
 * starts and stops what the deployment needs, and judges whether it is done. Pure: the same state,
 * event and time give the same answer.
 */
export function step(state: ServiceState, event: ServiceEvent, now: number): Step {
  const applied = applyEvent(state, event, now);
  // Nothing follows from a task that runs until it serves.
  if (event.kind === 'task-running') return applied;
  return inTurn(
    applied,
    (current) => decideFailure(current, now),
    (current) => schedule(current, now),
    (current) => decideCompletion(current, now),
  );
}

function inTurn(first: Step, ...turns: ((state: ServiceState) => Step)[]): Step {
  return turns.reduce<Step>((last, turn) => {
    const { state, commands } = turn(last.state);
    return { state, commands: commands.length ? [...last.commands, ...commands] : last.commands };
  }, first);
}

/** When `step` has to be called with a `tick` although nothing happened; undefined: never. */
export function nextTick(state: ServiceState, now: number): number | undefined {
  const { currentRollout } = state;
  const restarts = state.deployments
    .map((deployment) => deployment.restart.notBefore)
    .filter((time) => time > now);
  const ends = currentRollout ? [currentRollout.stopsAt, bakedAt(currentRollout)] : [];
  const times = [...restarts, ...ends.filter((time) => time !== undefined)];
  return times.length > 0 ? Math.max(now, Math.min(...times)) : undefined;
}

/**
 * Plans until nothing more can move: a task that stops makes room for another one. A task without a place makes its
 * deployment wait, so this comes to an end.
 */
function schedule(state: ServiceState, now: number): Step {
  const plan = planTasks(state, tallyOf(state), now);
  if (plan.stops.length > 0)
    return inTurn(carryOut(state, plan), (current) => schedule(current, now));
  if (!plan.unplaced) return withBlockade(carryOut(state, plan), plan.blocked);
  return inTurn(
    unplacedTask(state, now),
    (current) => decideFailure(current, now),
    (current) => schedule(current, now),
  );
}

/** Reports once that nothing can move. */
const withBlockade = ({ state, commands }: Step, blocked: boolean): Step =>
  state.blocked === blocked
    ? { state, commands }
    : {
        state: { ...state, blocked },
        commands: blocked ? [...commands, { kind: 'cannot-move' }] : commands,
      };

function carryOut(state: ServiceState, { starts, stops }: TaskPlan): Step {
  if (starts.length === 0 && stops.length === 0) return withoutCommands(state);
  const started = starts
    .flatMap(({ deploymentId, count }) => Array.from({ length: count }, () => deploymentId))
    .map((deploymentId, index): TaskState => ({
      number: state.nextTask + index,
      deploymentId,
      phase: 'starting',
      ready: false,
      readyAt: undefined,
    }));
  const kept = state.tasks.map((task): TaskState =>
    stops.includes(task.number) ? { ...task, phase: 'stopping', ready: false } : task,
  );
  return {
    state: {
      ...state,
      nextTask: state.nextTask + started.length,
      tasks: [...kept, ...started],
      steady: false,
    },
    commands: [
      ...started.map(
        ({ number: task, deploymentId }) => ({ kind: 'start-task', task, deploymentId }) as const,
      ),
      ...stops.map((task) => ({ kind: 'stop-task', task, reason: { cause: 'scaling' } }) as const),
    ],
  };
}
