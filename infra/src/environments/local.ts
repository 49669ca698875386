import { embedded } from './accounts';
import { dev } from './dev';
import { planOnly } from './plan-only';
import type { Environment } from './schema';
import { smallInference } from './small-inference';

/**
 * `dev` on the embedded AWS. Each difference has its reason; `local.spec.ts` fails if another is added.
 */
export const local: Environment = {
  ...dev,
  name: 'local',
  account: embedded,
  // An unhealthy release fails three times before ECS stops it, and the rehearsal waits for that: local
  // processes start, and fail, faster than Fargate tasks.
  loadBalancer: {
    ...dev.loadBalancer,
    deregistrationDelaySeconds: 5,
    healthCheckIntervalSeconds: 5,
  },
  // The rehearsal kills a worker; its jobs are redelivered after this time.
  data: { ...dev.data, queues: { ...dev.data.queues, visibilitySeconds: 30 } },
  services: {
    ...dev.services,
    api: { ...dev.services.api, startupSeconds: 8 },
    mlWorker: {
      ...dev.services.mlWorker,
      // No GPU hosts: the worker runs as a process on the CPU, as if on Fargate.
      cpu: 2048,
      memoryMiB: 4096,
      capacity: [{ provider: 'FARGATE', base: 0, weight: 1 }],
      gpus: 0,
      executionProvider: 'cpu',
      // No autoscaler: one worker has to run from the start.
      desired: 1,
      scaling: { ...dev.services.mlWorker.scaling, minimum: 1, maximum: 2 },
    },
  },
  // The rehearsal applies the inference stack; dev saves the GPU quotas that it needs.
  inference: smallInference,
  planOnly: [...planOnly],
  // An emulator that takes longer will never answer.
  resourceTimeout: '5m',
};
