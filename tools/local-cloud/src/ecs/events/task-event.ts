import { describeTask, type TaskRecord } from '../task/task-record';
import type { EcsEvent } from './event-bus';

/**
 * The event on the event bus for a task as it is now; a higher `version` is newer.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 */
export const taskEvent = (task: TaskRecord, time: Date): EcsEvent => ({
  detailType: 'ECS Task State Change',
  resources: [task.arn],
  region: task.region,
  time,
  detail: { ...describeTask(task, false), updatedAt: time.toISOString() },
});
