import { embedded } from './accounts';
import { dev } from './dev';
import { planOnly } from './plan-only';
import type { Environment } from './schema';

/**
 * `dev` on the embedded AWS. The list of differences is all there is, each with its reason;
 * `local.spec.ts` fails when another creeps in.
 */
export const local: Environment = {
  ...dev,
  name: 'local',
  account: embedded,
  // A release that never gets healthy fails three times before ECS gives it up, and whoever rehearses
  // waits for it: processes of this machine start, and fail, faster than tasks of Fargate.
  loadBalancer: {
    ...dev.loadBalancer,
    deregistrationDelaySeconds: 5,
    healthCheckIntervalSeconds: 5,
  },
  // A worker is killed in the middle of its work; its jobs come back after so long.
  data: { ...dev.data, queues: { ...dev.data.queues, visibilitySeconds: 30 } },
  services: {
    ...dev.services,
    api: { ...dev.services.api, startupSeconds: 8 },
    mlWorker: {
      ...dev.services.mlWorker,
      // No GPU hosts there: the worker runs as a process on the CPU, under Fargate's name.
      cpu: 2048,
      memoryMiB: 4096,
      capacity: [{ provider: 'FARGATE', base: 0, weight: 1 }],
      gpus: 0,
      executionProvider: 'cpu',
      // No autoscaler there either: one worker has to be up from the start.
      desired: 1,
      scaling: { ...dev.services.mlWorker.scaling, minimum: 1, maximum: 2 },
    },
  },
  observability: {
    ...dev.observability,
    // No chat there (plan-only.ts).
    alerts: { emails: dev.observability.alerts.emails },
  },
  planOnly: [...planOnly],
  // An emulator that has not answered by then never will.
  resourceTimeout: '5m',
};
