import { afterFailure, unthrottled } from './restart-throttle';
import type {
  Command,
  DeploymentState,
  ServiceEvent,
  ServiceState,
  Step,
  TaskState,
} from './state';

/** What an event says, without any conclusion from it. Events about unknown tasks say nothing. */
export function applyEvent(state: ServiceState, event: ServiceEvent, now: number): Step {
  switch (event.kind) {
    case 'deploy':
      return deploy(state, event, now);
    case 'configure':
      return quiet({
        ...state,
        desiredCount: event.desiredCount ?? state.desiredCount,
        limits: event.limits ?? state.limits,
        steady: false,
      });
    case 'drain':
      return quiet({ ...state, draining: true, steady: false });
    case 'task-running':
      return quiet(
        withTask(state, event.task, (task) =>
          task.phase === 'starting' ? { ...task, phase: 'running' } : task,
        ),
      );
    case 'task-ready':
      return quiet(
        withTask(state, event.task, (task) =>
          task.phase === 'stopping'
            ? task
            : { ...task, phase: 'running', ready: true, readyAt: task.readyAt ?? now },
        ),
      );
    case 'task-unhealthy':
      return unhealthy(state, event.task, event.reason);
    case 'task-stopped':
      return quiet(stopped(state, event.task, now));
    case 'tick':
      return quiet(state);
  }
}

const quiet = (state: ServiceState): Step => ({ state, commands: [] });

function withTask(
  state: ServiceState,
  number: number,
  change: (task: TaskState) => TaskState,
): ServiceState {
  return {
    ...state,
    tasks: state.tasks.map((task) => (task.number === number ? change(task) : task)),
  };
}

function deploy(
  state: ServiceState,
  { id, revision }: { id: string; revision: string },
  now: number,
): Step {
  const primary: DeploymentState = {
    id,
    revision,
    rollout: 'in-progress',
    failedTasks: 0,
    restart: unthrottled,
    createdAt: now,
    updatedAt: now,
  };
  const superseded = state.deployments[0];
  const commands: Command[] =
    superseded?.rollout === 'in-progress'
      ? [{ kind: 'deployment-superseded', deploymentId: superseded.id }]
      : [];
  const next = { ...state, deployments: [primary, ...state.deployments], steady: false };
  return { state: next, commands };
}

function unhealthy(state: ServiceState, number: number, detail: string): Step {
  const task = state.tasks.find((each) => each.number === number);
  if (!task || task.phase === 'stopping') return quiet(state);
  const next = withTask(state, number, (each) => ({
    ...each,
    phase: 'stopping',
    ready: false,
    failedHealth: true,
  }));
  return {
    state: { ...next, steady: false },
    commands: [{ kind: 'stop-task', task: number, reason: { cause: 'health', detail } }],
  };
}

function stopped(state: ServiceState, number: number, now: number): ServiceState {
  const task = state.tasks.find((each) => each.number === number);
  if (!task) return state;
  const tasks = state.tasks.filter((each) => each !== task);
  const asked = task.phase === 'stopping' && !task.failedHealth;
  if (asked) return { ...state, tasks };
  const deployments = state.deployments.map((deployment) =>
    deployment.id === task.deploymentId ? afterLostTask(deployment, task, now) : deployment,
  );
  return { ...state, tasks, deployments, steady: false };
}

function afterLostTask(deployment: DeploymentState, task: TaskState, now: number): DeploymentState {
  const failed = deployment.rollout === 'in-progress' ? 1 : 0;
  return {
    ...deployment,
    failedTasks: deployment.failedTasks + failed,
    restart: afterFailure(deployment.restart, task.readyAt, now),
    updatedAt: now,
  };
}
