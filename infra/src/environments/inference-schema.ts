import Type from 'typebox';
import { closed, count } from './schema-terms';

/** The worker's image in its other two modes: a SageMaker endpoint, and array jobs of AWS Batch. */
export const inference = closed({
  endpoint: closed({
    instanceType: Type.String({ pattern: '^ml\\.[a-z0-9]+\\.[a-z0-9]+$' }),
    maxInstances: count(1, 100),
    concurrentInvocations: count(1, 1000),
    /** Invocations that each instance should find waiting. */
    backlogPerInstance: count(1, 10_000),
  }),
  batch: closed({
    /** All of them x86 with one NVIDIA GPU. */
    instanceTypes: Type.Array(Type.String({ pattern: '^[a-z0-9]+\\.[a-z0-9]+$' }), {
      minItems: 1,
    }),
    /** Together for Spot, and again for On-Demand, which follows where Spot has nothing to give. */
    maxVcpus: count(4, 10_000),
    jobVcpus: count(1, 192),
    jobMemoryMiB: count(1024, 1_000_000),
    /** Of one array child; a reclaimed Spot host counts as one. */
    attempts: count(1, 10),
    timeoutMinutes: count(1, 1440),
  }),
});
