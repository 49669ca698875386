import type { TaskState } from './state';
import { tallyAfter } from './tally';

/**
 * Tasks are kept in the order of their numbers, so that one of thousands is found and replaced
 * without looking at the others.
 */
type Tasks = readonly TaskState[];

function indexOf(tasks: Tasks, number: number): number {
  let low = 0;
  let high = tasks.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = tasks[middle]?.number ?? 0;
    if (found === number) return middle;
    if (found < number) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

export const taskNumbered = (tasks: Tasks, number: number): TaskState | undefined =>
  tasks[indexOf(tasks, number)];

/**
 * The list with other states of some of its tasks. slice() copies memory; with() and toSpliced() go
 * through the elements, at ten times the cost.
 */
export function withTasks(tasks: Tasks, changed: Tasks): Tasks {
  const after = tasks.slice();
  const removed: TaskState[] = [];
  for (const task of changed) {
    const index = indexOf(tasks, task.number);
    const before = tasks[index];
    if (!before) continue;
    removed.push(before);
    after[index] = task;
  }
  tallyAfter(tasks, after, { removed, added: changed });
  return after;
}

/** The list with newer tasks at its end. */
export function withNewTasks(tasks: Tasks, added: Tasks): Tasks {
  const after = [...tasks, ...added];
  tallyAfter(tasks, after, { added });
  return after;
}

export function withoutTask(tasks: Tasks, number: number): Tasks {
  const index = indexOf(tasks, number);
  const task = tasks[index];
  if (!task) return tasks;
  const after = tasks.slice();
  after.splice(index, 1);
  tallyAfter(tasks, after, { removed: [task] });
  return after;
}
