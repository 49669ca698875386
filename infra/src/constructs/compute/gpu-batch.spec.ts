import { account, all, keyArn, only, synthesise } from '../../../test/synthesise';
import { GpuBatch } from './gpu-batch';

const stack = synthesise((scope) => {
  new GpuBatch(scope, 'batch', {
    name: 'clarity-test-batch',
    account,
    image: `registry/clarity-ml-worker@sha256:${'b'.repeat(64)}`,
    repositoryArn: 'arn:aws:ecr:us-east-1:123456789012:repository/clarity-ml-worker',
    environment: { WORKER_MODE: 'batch', AWS_REGION: 'us-east-1' },
    grants: [{ sid: 'Read', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::bucket/*'] }],
    instanceTypes: ['g5.xlarge', 'g4dn.xlarge'],
    maxVcpus: 16,
    jobVcpus: 3,
    jobMemoryMiB: 12_288,
    attempts: 3,
    timeoutMinutes: 60,
    rootVolumeGiB: 60,
    diskKeyArn: keyArn,
    subnetIds: ['subnet-1'],
    securityGroupId: 'sg-1',
    logGroup: '/clarity/test/batch',
    logRetentionDays: 14,
    logsKeyArn: keyArn,
    tags: { Project: 'clarity' },
    resourceTimeout: '5m',
  });
});
const environments = all(stack, 'aws_batch_compute_environment');
const definition = only(stack, 'aws_batch_job_definition');

describe('GpuBatch', () => {
  it('prefers Spot over On-Demand, and scales to zero', () => {
    expect(environments['batch_spot']?.['compute_resources']).toMatchObject({
      type: 'SPOT',
      allocation_strategy: 'SPOT_CAPACITY_OPTIMIZED',
      min_vcpus: 0,
    });
    expect(environments['batch_on-demand']?.['compute_resources']).toMatchObject({
      type: 'EC2',
      min_vcpus: 0,
    });
    expect(only(stack, 'aws_batch_job_queue')).toMatchObject({
      compute_environment_order: [
        { order: 1, compute_environment: '${aws_batch_compute_environment.batch_spot.arn}' },
        { order: 2, compute_environment: '${aws_batch_compute_environment.batch_on-demand.arn}' },
      ],
      timeouts: { create: '5m', update: '5m', delete: '5m' },
    });
  });

  it('replaces hosts when their template changes, and tags them', () => {
    for (const one of Object.values(environments))
      expect(one['compute_resources']).toMatchObject({
        launch_template: { version: '${aws_launch_template.batch_host.latest_version}' },
        tags: { Project: 'clarity' },
      });
  });

  it('uses Batch’s service-linked role, which replacing hosts requires', () => {
    for (const one of Object.values(environments)) expect(one).not.toHaveProperty('service_role');
  });

  it('starts hosts with IMDSv2 and a disk encrypted with our key', () => {
    expect(only(stack, 'aws_launch_template')).toMatchObject({
      metadata_options: { http_tokens: 'required', http_put_response_hop_limit: 1 },
      block_device_mappings: [{ ebs: { encrypted: 'true', kms_key_id: keyArn } }],
    });
  });

  it('runs jobs with a GPU, without root or a writable disk', () => {
    expect(JSON.parse(String(definition['container_properties']))).toMatchObject({
      user: '65532:65532',
      privileged: false,
      readonlyRootFilesystem: true,
      resourceRequirements: [
        { type: 'VCPU', value: '3' },
        { type: 'MEMORY', value: '12288' },
        { type: 'GPU', value: '1' },
      ],
      environment: [
        { name: 'AWS_REGION', value: 'us-east-1' },
        { name: 'WORKER_MODE', value: 'batch' },
      ],
    });
  });

  it('retries Spot interruptions but not failed jobs', () => {
    expect(definition).toMatchObject({
      retry_strategy: {
        attempts: 3,
        evaluate_on_exit: [
          { on_status_reason: 'Host EC2*', action: 'retry' },
          { on_reason: 'CannotPullContainerError:*', action: 'retry' },
          { on_reason: '*', action: 'exit' },
        ],
      },
      timeout: { attempt_duration_seconds: 3600 },
    });
  });
});
