import type { CloudClock } from '../../clock/faster-clock';
import type { Command, ServiceEvent } from '../deployment/state';
import { nextTick, step } from '../deployment/step';
import type { PutEvent } from '../events/event-bus';
import { serviceEvents } from '../events/service-events';
import type { TaskDependencies } from '../task/supervise-task';
import type { TaskRegistry } from '../task/task-registry';
import { alarmWatch } from './alarm-watch';
import { announceAll } from './announce';
import { followRollout, openRollout } from './follow-rollout';
import type { AlarmReader } from './read-alarms';
import type { ServiceRecord } from './service-record';
import { startServiceTask } from './start-service-task';

/** Keeps services at what is asked of them: feeds their state machines and does what those say. */
export interface ServiceScheduler {
  dispatch(service: ServiceRecord, event: ServiceEvent): void;
  /** Rolls out the service's settings as they are now, as a new revision. */
  deploy(service: ServiceRecord): void;
  /** Nothing starts any more. */
  close(): void;
}

export interface SchedulerOptions {
  readonly clock: CloudClock;
  readonly deps: TaskDependencies;
  readonly registry: TaskRegistry;
  readonly alarmReader: AlarmReader;
  readonly putEvent: PutEvent;
}

export function serviceScheduler(options: SchedulerOptions): ServiceScheduler {
  const { clock, alarmReader, putEvent } = options;
  const ticks = new Map<ServiceRecord, () => void>();
  let closed = false;

  const dispatch = (service: ServiceRecord, event: ServiceEvent) => {
    if (closed) return;
    const now = clock.now();
    const { state, commands } = step(service.state, event, now);
    service.state = state;
    for (const command of commands) perform(service, command);
    followRollout(service, commands, clock.dateOf(now));
    announceAll(service, commands, clock.dateOf(now));
    for (const each of serviceEvents(service, event, commands, clock.dateOf(now))) putEvent(each);
    wakeLater(service, now);
    alarms.follow(service);
  };
  const alarms = alarmWatch(clock, alarmReader, dispatch);

  /** @param now of the last step: what was not due then must not be taken for done since */
  const wakeLater = (service: ServiceRecord, now: number) => {
    ticks.get(service)?.();
    ticks.delete(service);
    const time = nextTick(service.state, now);
    if (time !== undefined)
      ticks.set(
        service,
        clock.after(Math.max(0, time - clock.now()), () => dispatch(service, { kind: 'tick' })),
      );
  };

  const perform = (service: ServiceRecord, command: Command) => {
    switch (command.kind) {
      case 'start-task':
        return startServiceTask(service, command.task, command.deploymentId, {
          ...options,
          dispatch,
        });
      case 'stop-task':
        return stopTask(service, command);
      case 'drained':
        service.status = 'INACTIVE';
        return;
      default: // The other commands only announce what happened.
    }
  };

  return {
    dispatch,
    deploy: (service) => {
      const { deploymentId: id, targetRevision: revision } = openRollout(
        service,
        clock.dateOf(clock.now()),
      );
      dispatch(service, { kind: 'deploy', id, revision });
    },
    close: () => {
      closed = true;
      for (const cancel of ticks.values()) cancel();
      alarms.stop();
      alarmReader.close();
    },
  };
}

function stopTask(
  { state, tasks }: ServiceRecord,
  { task, reason }: Extract<Command, { kind: 'stop-task' }>,
): void {
  const text =
    reason.cause === 'health'
      ? `Task ${reason.detail}`
      : `Scaling activity initiated by (deployment ${state.deployments[0]?.id ?? ''})`;
  void tasks.get(task)?.stop('ServiceSchedulerInitiated', text);
}
