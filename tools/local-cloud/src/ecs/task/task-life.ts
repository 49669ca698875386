import type { TaskLife } from '../../contract';
import { lastOf } from '../protocol/arns';
import type { TaskRecord } from './task-record';

/** @returns undefined for a task without a service */
export function taskLife(task: TaskRecord): TaskLife | undefined {
  const service = /^service:(.*)$/.exec(task.group)?.[1];
  if (service === undefined) return undefined;
  return {
    taskArn: task.arn,
    service,
    revision: lastOf(task.taskDefinitionArn),
    startedAt: (task.startedAt ?? task.createdAt).getTime(),
    ...(task.readyAt && { readyAt: task.readyAt.getTime() }),
    ...(task.stoppingAt && { stoppingAt: task.stoppingAt.getTime() }),
    ...(task.stoppedAt && { stoppedAt: task.stoppedAt.getTime() }),
    ...(task.stoppedReason !== undefined && { stopReason: task.stoppedReason }),
  };
}
