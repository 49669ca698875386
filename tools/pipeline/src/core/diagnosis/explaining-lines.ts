import { setTimeout as delay } from 'node:timers/promises';

interface StoppedTask {
  readonly stoppedReason?: string | undefined;
}

/** How ECS describes a task that it stopped because it was no longer wanted. */
const unwanted = /^Scaling activity/;

/** How often failed tasks are read of which none has lines yet, and how long between. */
const attempts = 4;
const pauseMs = 2_000;

/**
 * What the tasks of a failed rollout logged last: the lines of the newest that failed by itself and has any. When ECS gives
 * up, it also stops the task that it has just started, and the lines of a task reach CloudWatch some seconds late.
 * @param tasks newest first
 * @param linesOf reads the last lines of a task; a task whose lines cannot be read counts as one without
 * @param pause before they are read again
 */
export async function explainingLines<Task extends StoppedTask>(
  tasks: readonly Task[],
  linesOf: (task: Task) => Promise<readonly string[]>,
  pause: () => Promise<unknown> = () => delay(pauseMs),
): Promise<readonly string[]> {
  const stopped = (task: Task) => unwanted.test(task.stoppedReason ?? '');
  const firstLines = async (candidates: readonly Task[]) => {
    for (const task of candidates) {
      const lines = await linesOf(task).catch(() => []);
      if (lines.length > 0) return lines;
    }
    return [];
  };
  const failed = tasks.filter((task) => !stopped(task));
  for (let attempt = 1; attempt <= attempts && failed.length > 0; attempt++) {
    if (attempt > 1) await pause();
    const lines = await firstLines(failed);
    if (lines.length > 0) return lines;
  }
  return firstLines(tasks.filter(stopped));
}
