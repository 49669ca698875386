import { realTime, type CloudClock } from '../../clock/faster-clock';
import type { ServiceEvent } from '../deployment/state';
import type { AlarmReader } from './read-alarms';
import type { ServiceRecord } from './service-record';

const everyMs = 1_000;

/** Looks at the deployment alarms of services for as long as those are rolled out. */
export interface AlarmWatch {
  /** Begins to look if there is reason to. */
  follow(service: ServiceRecord): void;
  /** Looks at nothing any more. */
  stop(): void;
}

export function alarmWatch(
  clock: CloudClock,
  { read }: AlarmReader,
  dispatch: (service: ServiceRecord, event: ServiceEvent) => void,
): AlarmWatch {
  let following = new Map<ServiceRecord, () => void>();

  const look = async (service: ServiceRecord, mine: typeof following) => {
    const names = alarmsToWatch(service);
    if (names) {
      const seen = await read(names, service.cluster.region).catch(() => undefined);
      if (mine !== following) return;
      if (seen && alarmsToWatch(service)) dispatch(service, { kind: 'alarms', ...seen });
    }
    if (mine !== following) return;
    if (alarmsToWatch(service))
      following.set(
        service,
        clock.after(realTime(clock, everyMs), () => void look(service, mine)),
      );
    else following.delete(service);
  };
  return {
    follow: (service) => {
      if (following.has(service) || !alarmsToWatch(service)) return;
      following.set(service, () => {});
      void look(service, following);
    },
    stop: () => {
      for (const cancel of following.values()) cancel();
      following = new Map();
    },
  };
}

/** Undefined while no alarm can end anything. */
const alarmsToWatch = ({ state }: ServiceRecord): readonly string[] | undefined =>
  state.currentRollout?.phase === 'rolling-out' ? state.safeguards.alarms?.names : undefined;
