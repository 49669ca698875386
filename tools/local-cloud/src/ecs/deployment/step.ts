import { applyEvent } from './apply-event';
import { boundsOf } from './bounds';
import { planTasks } from './plan-tasks';
import type { Command, ServiceEvent, ServiceState, Step, TaskState } from './state';

/**
 * One turn of the service scheduler: takes in an event, then starts and stops what the deployment
 * needs, and says how far it is. Pure: the same state, event and time give the same answer.
 */
export function step(state: ServiceState, event: ServiceEvent, now: number): Step {
  const applied = applyEvent(state, event, now);
  const scheduled = schedule(applied.state, now);
  const judged = judge(scheduled.state, now);
  return {
    state: judged.state,
    commands: [...applied.commands, ...scheduled.commands, ...judged.commands],
  };
}

/** When `step` has to be called with a `tick` although nothing happened; undefined: never. */
export function nextTick(state: ServiceState, now: number): number | undefined {
  const waiting = state.deployments
    .map((deployment) => deployment.restart.notBefore)
    .filter((time) => time > now);
  return waiting.length > 0 ? Math.min(...waiting) : undefined;
}

function schedule(state: ServiceState, now: number): Step {
  const { starts, stops } = planTasks(state, now);
  if (starts.length === 0 && stops.length === 0) return { state, commands: [] };
  const commands: Command[] = [];
  let nextTask = state.nextTask;
  const started: TaskState[] = [];
  for (const { deploymentId, count } of starts)
    for (let index = 0; index < count; index += 1) {
      started.push(newTask(nextTask, deploymentId));
      commands.push({ kind: 'start-task', task: nextTask, deploymentId });
      nextTask += 1;
    }
  const stopping = new Set(stops);
  for (const task of stops)
    commands.push({ kind: 'stop-task', task, reason: { cause: 'scaling' } });
  const kept = state.tasks.map((task): TaskState =>
    stopping.has(task.number) ? { ...task, phase: 'stopping', ready: false } : task,
  );
  return { state: { ...state, nextTask, tasks: [...kept, ...started], steady: false }, commands };
}

const newTask = (number: number, deploymentId: string): TaskState => ({
  number,
  deploymentId,
  phase: 'starting',
  ready: false,
  readyAt: undefined,
  failedHealth: false,
});

/** Says what came of the deployment. A circuit breaker would say here that it failed. */
function judge(state: ServiceState, now: number): Step {
  const [primary, ...older] = state.deployments;
  if (!primary) return { state, commands: [] };
  const populated = new Set(state.tasks.map((task) => task.deploymentId));
  const remaining = older.filter((each) => populated.has(each.id));
  const alone = remaining.length === 0;
  const steady =
    alone &&
    state.tasks.length === boundsOf(state).desired &&
    state.tasks.every((task) => task.phase === 'running' && task.ready);
  const completes = steady && primary.rollout === 'in-progress' && !state.draining;
  const judged = completes
    ? { ...primary, rollout: 'completed' as const, updatedAt: now }
    : primary;
  const commands: Command[] = [];
  if (completes) commands.push({ kind: 'deployment-completed', deploymentId: primary.id });
  if (steady && !state.steady) commands.push({ kind: state.draining ? 'drained' : 'steady-state' });
  return {
    state: {
      ...state,
      deployments: [judged, ...remaining],
      lastCompleted: completes
        ? { id: primary.id, revision: primary.revision }
        : state.lastCompleted,
      steady,
    },
    commands,
  };
}
