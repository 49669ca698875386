interface StoppedTask {
  readonly stoppedReason?: string | undefined;
}

/** How ECS describes a task that it stopped because it was no longer wanted. */
const unwanted = /^Scaling activity/;

/**
 * What the tasks of a failed rollout logged last: the lines of the newest that failed by itself and has any. When ECS gives
 * up, it also stops the task that it has just started, and the lines of a task reach CloudWatch some seconds late.
 * @param tasks newest first
 * @param linesOf reads the last lines of a task; a task whose lines cannot be read counts as one without
 */
export async function explainingLines<Task extends StoppedTask>(
  tasks: readonly Task[],
  linesOf: (task: Task) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const stopped = (task: Task) => unwanted.test(task.stoppedReason ?? '');
  for (const task of [...tasks.filter((task) => !stopped(task)), ...tasks.filter(stopped)]) {
    const lines = await linesOf(task).catch(() => []);
    if (lines.length > 0) return lines;
  }
  return [];
}
