interface StoppedTask {
  readonly stoppedReason?: string | undefined;
}

/** How ECS describes a task that it stopped because it was no longer wanted. */
const unwanted = /^Scaling activity/;

/**
 * The task whose log explains a failed rollout: the newest that failed by itself. When ECS gives up, it also
 * stops the task that it has just started, which is newer and has logged nothing.
 * @param tasks newest first
 */
export function failedTask<Task extends StoppedTask>(tasks: readonly Task[]): Task | undefined {
  return tasks.find(({ stoppedReason = '' }) => !unwanted.test(stoppedReason)) ?? tasks[0];
}
