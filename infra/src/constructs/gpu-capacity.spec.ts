import { keyArn, only, synthesise } from '../../test/synthesise';
import { ContainerCluster } from './container-cluster';
import { GpuCapacity } from './gpu-capacity';

const stack = synthesise((scope) => {
  const cluster = new ContainerCluster(scope, 'cluster', {
    name: 'clarity-test',
    containerInsights: 'enhanced',
  });
  const gpu = new GpuCapacity(scope, 'gpu', {
    name: 'clarity-test-gpu',
    clusterName: 'clarity-test',
    instanceTypes: ['g5.xlarge', 'g4dn.xlarge'],
    maxHosts: 3,
    maxHostAgeDays: 14,
    rootVolumeGiB: 60,
    keyArn,
    subnetIds: ['subnet-1'],
    securityGroupId: 'sg-1',
    resourceTimeout: '5m',
  });
  cluster.offer([gpu.providerName]);
});

describe('GpuCapacity', () => {
  it('starts from no host, and leaves the number to ECS', () => {
    expect(only(stack, 'aws_autoscaling_group')).toMatchObject({
      min_size: 0,
      max_size: 3,
      max_instance_lifetime: 14 * 86_400,
      protect_from_scale_in: true,
      lifecycle: { ignore_changes: ['desired_capacity'] },
    });
    expect(only(stack, 'aws_ecs_capacity_provider')['auto_scaling_group_provider']).toMatchObject({
      managed_draining: 'ENABLED',
      managed_termination_protection: 'ENABLED',
      managed_scaling: { status: 'ENABLED' },
    });
  });

  it('runs ECS’s GPU image on an encrypted disk, with IMDSv2 out of containers’ reach', () => {
    expect(only(stack, 'aws_launch_template')).toMatchObject({
      image_id: expect.stringMatching(/^resolve:ssm:.*\/gpu\/recommended\/image_id$/),
      metadata_options: { http_tokens: 'required', http_put_response_hop_limit: 1 },
      block_device_mappings: [{ ebs: { encrypted: 'true', kms_key_id: keyArn } }],
    });
  });

  it('is offered beside Fargate and Fargate Spot', () => {
    expect(only(stack, 'aws_ecs_cluster_capacity_providers')['capacity_providers']).toEqual([
      'FARGATE',
      'FARGATE_SPOT',
      '${aws_ecs_capacity_provider.gpu_provider.name}',
    ]);
  });
});
