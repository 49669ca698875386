import type { Clock } from '@clarity/host';
import type { ServiceEvent } from '../deployment/state';
import type { AlarmReader } from './read-alarms';
import type { ServiceRecord } from './service-record';

const everyMs = 1_000;

/** Looks at the deployment alarms of services for as long as those are rolled out. */
export interface AlarmWatch {
  /** Begins to look, where there is reason to and nobody does. */
  follow(service: ServiceRecord): void;
  /** Looks at nothing any more. */
  stop(): void;
}

export function alarmWatch(
  clock: Clock,
  { read }: AlarmReader,
  dispatch: (service: ServiceRecord, event: ServiceEvent) => void,
): AlarmWatch {
  let watched = new Map<ServiceRecord, () => void>();

  const look = async (service: ServiceRecord, mine: typeof watched) => {
    const names = alarmsToWatch(service);
    if (names) {
      const seen = await read(names, service.cluster.region).catch(() => undefined);
      if (mine !== watched) return;
      if (seen && alarmsToWatch(service)) dispatch(service, { kind: 'alarms', ...seen });
    }
    if (mine !== watched) return;
    if (alarmsToWatch(service))
      watched.set(
        service,
        clock.after(everyMs, () => void look(service, mine)),
      );
    else watched.delete(service);
  };
  return {
    follow: (service) => {
      if (watched.has(service) || !alarmsToWatch(service)) return;
      watched.set(service, () => {});
      void look(service, watched);
    },
    stop: () => {
      for (const cancel of watched.values()) cancel();
      watched = new Map();
    },
  };
}

/** Undefined while no alarm can end anything. */
const alarmsToWatch = ({ state }: ServiceRecord): readonly string[] | undefined =>
  state.underway?.phase === 'rolling-out' ? state.safeguards.alarms?.names : undefined;
