import type { TaskRecord } from './task-record';

/** How many of some tasks run, and how many are on their way there. */
export function countTasks(tasks: readonly TaskRecord[]) {
  const statuses = tasks.map(({ lastStatus }) => lastStatus);
  return {
    runningTasksCount: statuses.filter((status) => status === 'RUNNING').length,
    pendingTasksCount: statuses.filter((status) =>
      /^(PROVISIONING|PENDING|ACTIVATING)$/.test(status),
    ).length,
  };
}
