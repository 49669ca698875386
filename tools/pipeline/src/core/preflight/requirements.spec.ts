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
    // One g5.xlarge is reserved; eight hosts of at least four vCPUs may run.
    onDemandGpu: { atApply: 4, atMost: 32 },
    gpuTypes: ['g4dn.xlarge', 'g5.xlarge', 'g6.xlarge'],
    zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    detector: true,
    identityProviders: ['https://token.actions.githubusercontent.com'],
    anomalyMonitor: true,
    hostedZones: ['prod.clarity.example'],
  });
});

test('endpoints and Batch add theirs', () => {
  const variant = { instance_type: 'ml.g5.xlarge', initial_instance_count: 1 };
  const batch = (type: string) => ({
    compute_resources: { type, max_vcpus: 64, instance_type: ['g5.xlarge'] },
  });
  const stack = {
    resource: {
      aws_sagemaker_endpoint_configuration: { endpoint: { production_variants: [variant] } },
      aws_batch_compute_environment: { spot: batch('SPOT'), onDemand: batch('EC2') },
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
