import { lastOf } from '../protocol/arns';
import type { ServiceRecord } from './service-record';

/** Every service that was created, in the order of creation; a deleted name may be used again. */
export interface ServiceRegistry {
  add(service: ServiceRecord): void;
  /** By name or ARN within a cluster. */
  find(clusterArn: string, service: string): ServiceRecord | undefined;
  byArn(arn: string): ServiceRecord | undefined;
  all(): readonly ServiceRecord[];
}

export function serviceRegistry(): ServiceRegistry {
  const services = new Map<string, ServiceRecord>();
  return {
    add: (service) => void services.set(service.arn, service),
    find: (clusterArn, service) =>
      [...services.values()].find(
        (each) => each.cluster.arn === clusterArn && each.name === lastOf(service),
      ),
    byArn: (arn) => services.get(arn),
    all: () => [...services.values()],
  };
}
