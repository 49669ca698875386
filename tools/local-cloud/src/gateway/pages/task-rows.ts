import type { TaskRow } from '../../contract';
import type { TaskRecord } from '../../ecs/task/task-record';

/** A task as `/_local/tasks` shows it. */
export const taskRow = (task: TaskRecord): TaskRow => ({
  taskArn: task.arn,
  group: task.group,
  taskDefinition: task.taskDefinitionArn,
  deployment: task.startedBy,
  capacityProvider: task.capacityProvider,
  lastStatus: task.lastStatus,
  healthStatus: task.health,
  pids: task.containers.flatMap(({ running, exitCode }) =>
    running?.pid !== undefined && exitCode === undefined ? [running.pid] : [],
  ),
  createdAt: task.createdAt.toISOString(),
  startedAt: task.startedAt?.toISOString(),
  stoppedAt: task.stoppedAt?.toISOString(),
  stoppedReason: task.stoppedReason,
  log: task.logPath,
  containers: task.containers.map(({ name, running, exitCode, health }) => ({
    name,
    pid: running?.pid,
    ports: Object.fromEntries(running?.hostPorts ?? []),
    skipped: running?.skipped ?? false,
    exitCode,
    health,
  })),
});
