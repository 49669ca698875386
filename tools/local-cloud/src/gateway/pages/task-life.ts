import type { TimelineRow } from '../../ecs/task/task-timeline';

/** A row of `/_local/timeline`: times in epoch milliseconds, left out if there is none. */
export const taskLife = (row: TimelineRow): Readonly<Record<string, string | number>> =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]: [string, string | null]) =>
      value === null ? [] : [[name, name.endsWith('At') ? Date.parse(value) : value]],
    ),
  );
