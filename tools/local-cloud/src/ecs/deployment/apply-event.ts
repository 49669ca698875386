import { failedTask, servingTask } from './failed-task';
import { unthrottled } from './restart-throttle';
import { withoutCommands, type Command, type DeploymentState, type ServiceEvent } from './state';
import type { ServiceState, Step, TaskState } from './state';
import { rollingOut, stopRequested, withAlarms } from './current-rollout';

/** Records an event without drawing conclusions from it. Events about unknown tasks are ignored. */
export function applyEvent(state: ServiceState, event: ServiceEvent, now: number): Step {
  const { currentRollout } = state;
  switch (event.kind) {
    case 'deploy':
      return deploy(state, event, now);
    case 'configure': {
      const { desiredCount, limits, safeguards, capacity } = { ...state, ...event };
      return withoutCommands({
        ...state,
        desiredCount,
        limits,
        safeguards,
        capacity,
        steady: false,
      });
    }
    case 'drain':
      return drain(state);
    case 'stop':
      return withoutCommands(
        currentRollout
          ? {
              ...state,
              currentRollout: stopRequested(currentRollout, now + event.shownMs),
            }
          : state,
      );
    case 'alarms':
      return withoutCommands(
        currentRollout
          ? { ...state, currentRollout: withAlarms(currentRollout, event.inAlarm, event.bakeMs) }
          : state,
      );
    case 'tick':
      return withoutCommands(state);
    case 'task-running':
    case 'task-ready':
    case 'task-unhealthy':
    case 'task-stopped': {
      const task = state.tasks.find(({ number }) => number === event.task);
      return task ? applyToTask(state, task, event, now) : withoutCommands(state);
    }
  }
}

type TaskEvent = Extract<ServiceEvent, { readonly task: number }>;

function applyToTask(state: ServiceState, task: TaskState, event: TaskEvent, now: number): Step {
  if (event.kind === 'task-stopped') {
    const without = { ...state, tasks: state.tasks.filter((each) => each !== task) };
    if (task.phase === 'stopping') return withoutCommands(without);
    return event.byUser
      ? withoutCommands({ ...without, steady: false })
      : failedTask(without, task, now);
  }
  if (task.phase === 'stopping') return withoutCommands(state);
  switch (event.kind) {
    case 'task-running':
      return withoutCommands(
        task.phase === 'starting' ? changed(state, task, { phase: 'running' }) : state,
      );
    case 'task-ready': {
      const readyAt = task.readyAt ?? now;
      return withoutCommands(
        servingTask(changed(state, task, { phase: 'running', ready: true, readyAt }), task),
      );
    }
    case 'task-unhealthy': {
      const failed = failedTask(
        changed(state, task, { phase: 'stopping', ready: false }),
        task,
        now,
      );
      const reason = { cause: 'health', detail: event.reason } as const;
      const stop: Command = { kind: 'stop-task', task: task.number, reason };
      return { state: failed.state, commands: [stop, ...failed.commands] };
    }
  }
}

const changed = (
  state: ServiceState,
  task: TaskState,
  change: Partial<TaskState>,
): ServiceState => ({
  ...state,
  tasks: state.tasks.map((each) => (each === task ? { ...each, ...change } : each)),
});

function deploy(
  state: ServiceState,
  { id, revision }: { readonly id: string; readonly revision: string },
  now: number,
): Step {
  const primary = newDeployment(id, revision, now);
  return {
    state: {
      ...state,
      deployments: [primary, ...state.deployments],
      currentRollout: rollingOut(id),
      steady: false,
    },
    commands: superseded(state),
  };
}

export const newDeployment = (id: string, revision: string, now: number): DeploymentState => ({
  id,
  revision,
  rollout: 'in-progress',
  cause: undefined,
  failedTasks: 0,
  mostReady: 0,
  restart: unthrottled,
  createdAt: now,
  updatedAt: now,
});

const drain = (state: ServiceState): Step => ({
  state: { ...state, draining: true, currentRollout: undefined, steady: false },
  commands: superseded(state),
});

const superseded = ({ currentRollout }: ServiceState): Command[] =>
  currentRollout
    ? [{ kind: 'deployment-superseded', deploymentId: currentRollout.deploymentId }]
    : [];
