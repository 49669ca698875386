import type { Environment } from './schema';

/** The smallest endpoint and Batch: at most one instance, and a few jobs at once. */
export const smallInference: NonNullable<Environment['inference']> = {
  endpoint: {
    instanceType: 'ml.g5.xlarge',
    maxInstances: 1,
    concurrentInvocations: 4,
    backlogPerInstance: 5,
  },
  batch: {
    instanceTypes: ['g5.xlarge', 'g4dn.xlarge'],
    maxVcpus: 16,
    jobVcpus: 3,
    jobMemoryMiB: 12_288,
    attempts: 3,
    timeoutMinutes: 60,
  },
};
