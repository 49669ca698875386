import { join } from 'node:path';
import type { CloudClock } from '../../clock/faster-clock';
import type { TaskLife } from '../../contract';
import { lastOf } from '../protocol/arns';
import type { SupervisedTask } from './supervise-task';
import { taskLife } from './task-life';
import type { TaskRecord } from './task-record';

/** Every task that runs, and those that stopped in the last hour. */
export interface TaskRegistry {
  add(task: SupervisedTask): void;
  /** By ARN, or by id within a cluster. */
  find(clusterArn: string, task: string): SupervisedTask | undefined;
  all(): readonly SupervisedTask[];
  records(): readonly TaskRecord[];
  /** The lives of all tasks of services, oldest first. */
  timeline(): readonly TaskLife[];
  logPath(family: string, taskId: string): string;
}

/** ECS shows stopped tasks for an hour, a real one here. */
const shownMs = 3_600_000;
/** How many ended tasks are kept: enough for a laptop. */
const mostRemembered = 20_000;

export function taskRegistry(logFolder: string, clock: CloudClock): TaskRegistry {
  const tasks = new Map<string, SupervisedTask>();
  const lives: TaskRecord[] = [];

  const forgetStopped = () => {
    const since = clock.dateOf(clock.now()).getTime() - shownMs;
    for (const { record } of tasks.values())
      if (record.stoppedAt && record.stoppedAt.getTime() < since) tasks.delete(record.id);
  };
  const all = () => {
    forgetStopped();
    return [...tasks.values()];
  };
  return {
    add: (task) => {
      tasks.set(task.record.id, task);
      lives.push(task.record);
      if (lives.length > mostRemembered) lives.shift();
    },
    find: (clusterArn, task) => {
      forgetStopped();
      const found = tasks.get(lastOf(task));
      return found?.record.clusterArn === clusterArn ? found : undefined;
    },
    all,
    records: () => all().map(({ record }) => record),
    timeline: () => lives.flatMap((record) => taskLife(record) ?? []),
    logPath: (family, taskId) => join(logFolder, `${family}-${taskId}.log`),
  };
}
