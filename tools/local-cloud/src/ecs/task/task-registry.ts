import { join } from 'node:path';
import { lastOf } from '../arns';
import type { SupervisedTask } from './supervise-task';

/** Every task that runs, and those that stopped last. */
export interface TaskRegistry {
  add(task: SupervisedTask): void;
  /** By ARN, or by id within a cluster. */
  find(clusterArn: string, task: string): SupervisedTask | undefined;
  all(): readonly SupervisedTask[];
  logPath(family: string, taskId: string): string;
}

/** ECS shows stopped tasks for an hour; the newest of them are enough here. */
const keptStopped = 200;

export function taskRegistry(logFolder: string): TaskRegistry {
  const tasks = new Map<string, SupervisedTask>();
  return {
    add: (task) => {
      tasks.set(task.record.id, task);
      const stopped = [...tasks.values()].filter((each) => each.record.lastStatus === 'STOPPED');
      for (const { record } of stopped.slice(0, Math.max(0, stopped.length - keptStopped)))
        tasks.delete(record.id);
    },
    find: (clusterArn, task) => {
      const found = tasks.get(lastOf(task));
      return found?.record.clusterArn === clusterArn ? found : undefined;
    },
    all: () => [...tasks.values()],
    logPath: (family, taskId) => join(logFolder, `${family}-${taskId}.log`),
  };
}
