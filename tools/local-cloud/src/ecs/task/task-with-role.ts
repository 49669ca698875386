import type { TaskWithRole } from '../../credentials/task-credentials';
import type { TaskRecord } from './task-record';

/** The role of a task's containers; undefined if it has none. */
export function taskWithRole({ id, overrides, definition }: TaskRecord): TaskWithRole | undefined {
  const roleArn = overrides.taskRoleArn ?? definition?.taskRoleArn;
  return roleArn ? { id, roleArn } : undefined;
}
