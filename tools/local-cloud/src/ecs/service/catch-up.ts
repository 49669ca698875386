import type { ServiceEvent, TaskState } from '../deployment/state';
import type { SupervisedTask } from '../task/supervise-task';
import type { ServiceRecord } from './service-record';

/** What has happened to a service's tasks since the service was last heard of. */
export function missedEvents({ state, tasks }: ServiceRecord): readonly ServiceEvent[] {
  return [
    ...state.tasks.flatMap((task) => missedOf(task, tasks.get(task.number))),
    { kind: 'tick' },
  ];
}

function missedOf(
  { number: task, phase, ready }: TaskState,
  live: SupervisedTask | undefined,
): readonly ServiceEvent[] {
  if (!live || live.record.lastStatus === 'STOPPED')
    return [{ kind: 'task-stopped', task, byUser: live?.record.stopCode === 'UserInitiated' }];
  if (live.record.desiredStatus === 'STOPPED' || phase === 'stopping') return [];
  const isReady = live.record.readyAt !== undefined;
  return [
    ...(phase === 'starting' && live.record.startedAt
      ? [{ kind: 'task-running', task } as const]
      : []),
    ...(isReady && !ready ? [{ kind: 'task-ready', task } as const] : []),
  ];
}
