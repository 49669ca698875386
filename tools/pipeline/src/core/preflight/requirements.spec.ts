import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requirementsOf } from './requirements';

const golden = (name: string): unknown =>
  JSON.parse(
    readFileSync(
      join(__dirname, `../../../../../infra/golden/clarity-${name}.golden.json`),
      'utf8',
    ),
  );

test('what production needs is read from its synthesised stacks', () => {
  expect(requirementsOf([golden('account'), golden('prod-foundation')])).toMatchObject({
    vpcs: 1,
    elasticIps: 3,
    // One g5.xlarge is reserved. Of eight hosts of at least four vCPUs, one and half of the others, rounded
    // up, are On-Demand.
    onDemandGpu: { atApply: 4, atMost: 20 },
    spotGpu: 12,
    reservations: [{ type: 'g5.xlarge', zone: 'us-east-1a' }],
    gpuTypes: ['g4dn.xlarge', 'g5.xlarge', 'g6.xlarge'],
    zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    detector: true,
    identityProviders: ['https://token.actions.githubusercontent.com'],
    anomalyMonitor: true,
    hostedZones: ['prod.clarity.example'],
  });
});

/** A group as dev and staging have it: hosts of these numbers, all of them Spot Instances. */
const spotHosts = (maximum: number) => ({
  resource: {
    aws_autoscaling_group: {
      hosts: {
        max_size: maximum,
        mixed_instances_policy: {
          instances_distribution: {
            on_demand_base_capacity: 0,
            on_demand_percentage_above_base_capacity: 0,
          },
          launch_template: {
            override: [{ instance_type: 'g4dn.xlarge' }, { instance_type: 'g5.xlarge' }],
          },
        },
      },
    },
  },
});

test('dev asks only for Spot Instances', () => {
  expect(requirementsOf([spotHosts(1)])).toMatchObject({
    onDemandGpu: { atApply: 0, atMost: 0 },
    spotGpu: 4,
    reservations: [],
  });
});

/** Compute environments as Batch has them, each for this many vCPUs. */
const batchOf = (max_vcpus: number) => {
  const environment = (type: string) => ({
    compute_resources: { type, max_vcpus, instance_type: ['g5.xlarge'] },
  });
  return { spot: environment('SPOT'), onDemand: environment('EC2') };
};

test('the hosts of staging add to its Batch', () => {
  const inference = { resource: { aws_batch_compute_environment: batchOf(16) } };
  expect(requirementsOf([spotHosts(2), inference])).toMatchObject({
    onDemandGpu: { atApply: 0, atMost: 16 },
    spotGpu: 24,
  });
});

test('endpoints and Batch add theirs', () => {
  const variant = { instance_type: 'ml.g5.xlarge', initial_instance_count: 1 };
  const stack = {
    resource: {
      aws_sagemaker_endpoint_configuration: { endpoint: { production_variants: [variant] } },
      aws_batch_compute_environment: batchOf(64),
    },
  };
  expect(requirementsOf([stack])).toMatchObject({
    onDemandGpu: { atApply: 0, atMost: 64 },
    spotGpu: 64,
    endpoints: { 'ml.g5.xlarge': 1 },
    vpcs: 0,
    detector: false,
  });
});
