import Type from 'typebox';
import { closed, count } from './schema-terms';

/** The worker's image in its other two modes: a SageMaker endpoint, and array jobs of AWS Batch. */
export const inference = closed({
  endpoint: closed({
    /** One that the AMI in async-endpoint.ts supports. */
    instanceType: Type.String({ pattern: '^ml\\.(g4dn|g5|g6)\\.[a-z0-9]+$' }),
    maxInstances: count(1, 100),
    concurrentInvocations: count(1, 1000),
    /** Target number of waiting invocations per instance. */
    backlogPerInstance: count(1, 10_000),
  }),
  batch: closed({
    /** All x86 with one NVIDIA GPU. */
    instanceTypes: Type.Array(Type.String({ pattern: '^[a-z0-9]+\\.[a-z0-9]+$' }), {
      minItems: 1,
    }),
    /** For Spot, and the same again for On-Demand, which is used if Spot has no capacity. */
    maxVcpus: count(4, 10_000),
    jobVcpus: count(1, 192),
    jobMemoryMiB: count(1024, 1_000_000),
    /** Per array child; a Spot interruption counts as one attempt. */
    attempts: count(1, 10),
    timeoutMinutes: count(1, 1440),
  }),
});
