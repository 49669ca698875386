import { lastOf } from '../protocol/arns';
import type { TaskRecord } from './task-record';

/** The life of a task of a service; times in ISO 8601, null if it has not come so far. */
export interface TimelineRow {
  readonly taskArn: string;
  readonly service: string;
  /** `<family>:<revision>` of its task definition. */
  readonly revision: string;
  readonly startedAt: string | null;
  readonly readyAt: string | null;
  readonly stoppingAt: string | null;
  readonly stoppedAt: string | null;
  readonly stopReason: string | null;
}

/** @returns nothing for a task of nobody's service */
export function timelineRow(task: TaskRecord): readonly TimelineRow[] {
  const service = /^service:(.*)$/.exec(task.group)?.[1];
  if (service === undefined) return [];
  const at = (time: Date | undefined) => time?.toISOString() ?? null;
  return [
    {
      taskArn: task.arn,
      service,
      revision: lastOf(task.taskDefinitionArn),
      // A task that never ran is shown from its creation on.
      startedAt: at(task.startedAt ?? task.createdAt),
      readyAt: at(task.readyAt),
      stoppingAt: at(task.stoppingAt),
      stoppedAt: at(task.stoppedAt),
      stopReason: task.stoppedReason ?? null,
    },
  ];
}
