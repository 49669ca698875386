import { all, keyArn, only, synthesise } from '../../../test/synthesise';
import { ContainerCluster } from './container-cluster';
import { GpuCapacity } from './gpu-capacity';

const capacity = (reservedHosts: number) =>
  synthesise((scope) => {
    const cluster = new ContainerCluster(scope, 'cluster', {
      name: 'clarity-test',
      containerInsights: 'enhanced',
      logRetentionDays: 14,
      keyArn,
    });
    const gpu = new GpuCapacity(scope, 'gpu', {
      name: 'clarity-test-gpu',
      clusterName: 'clarity-test',
      instanceTypes: ['g5.xlarge', 'g4dn.xlarge'],
      maxHosts: 3,
      onDemandBase: 1,
      spotPercent: 70,
      reservedHosts,
      reservedZone: 'us-east-1a',
      rootVolumeGiB: 60,
      keyArn,
      subnetIds: ['subnet-1'],
      securityGroupId: 'sg-1',
      tags: { Project: 'clarity' },
      resourceTimeout: '5m',
    });
    cluster.addCapacityProviders([gpu.providerName]);
  });
const stack = capacity(0);

describe('GpuCapacity', () => {
  it('starts with no host, and leaves the count to ECS', () => {
    expect(only(stack, 'aws_autoscaling_group')).toMatchObject({
      min_size: 0,
      max_size: 3,
      protect_from_scale_in: true,
      lifecycle: { ignore_changes: ['desired_capacity'] },
    });
    expect(only(stack, 'aws_ecs_capacity_provider')['auto_scaling_group_provider']).toMatchObject({
      managed_draining: 'ENABLED',
      managed_termination_protection: 'ENABLED',
      managed_scaling: { status: 'ENABLED' },
    });
  });

  it('runs ECS’s GPU image on an encrypted disk, and keeps IMDSv2 away from containers', () => {
    expect(only(stack, 'aws_launch_template')).toMatchObject({
      image_id: expect.stringMatching(/^resolve:ssm:.*\/gpu\/recommended\/image_id$/),
      metadata_options: { http_tokens: 'required', http_put_response_hop_limit: 1 },
      block_device_mappings: [{ ebs: { encrypted: 'true', kms_key_id: keyArn } }],
    });
  });

  it('starts On-Demand and continues with Spot, on the best available type', () => {
    expect(only(stack, 'aws_autoscaling_group')['mixed_instances_policy']).toMatchObject({
      instances_distribution: {
        on_demand_base_capacity: 1,
        on_demand_percentage_above_base_capacity: 30,
        on_demand_allocation_strategy: 'prioritized',
        spot_allocation_strategy: 'price-capacity-optimized',
      },
      launch_template: {
        override: [{ instance_type: 'g5.xlarge' }, { instance_type: 'g4dn.xlarge' }],
      },
    });
  });

  it('replaces hosts when their template changes, at most half of them at a time', () => {
    expect(only(stack, 'aws_autoscaling_group')).toMatchObject({
      mixed_instances_policy: {
        launch_template: {
          launch_template_specification: {
            version: '${aws_launch_template.gpu_host.latest_version}',
          },
        },
      },
      instance_refresh: {
        strategy: 'Rolling',
        preferences: { min_healthy_percentage: 50, scale_in_protected_instances: 'Refresh' },
      },
    });
  });

  it('reserves hosts for its own use, or none', () => {
    expect(all(stack, 'aws_ec2_capacity_reservation')).toEqual({});
    expect(only(stack, 'aws_autoscaling_group')).not.toHaveProperty(
      'capacity_reservation_specification',
    );
    const reserving = capacity(2);
    expect(only(reserving, 'aws_ec2_capacity_reservation')).toMatchObject({
      instance_type: 'g5.xlarge',
      instance_count: 2,
      availability_zone: 'us-east-1a',
      instance_match_criteria: 'targeted',
    });
    expect(
      only(reserving, 'aws_autoscaling_group')['capacity_reservation_specification'],
    ).toMatchObject({
      capacity_reservation_preference: 'capacity-reservations-first',
      capacity_reservation_target: {
        capacity_reservation_ids: ['${aws_ec2_capacity_reservation.gpu_reservation.id}'],
      },
    });
  });

  it('tags hosts and their disks, which the provider’s default tags do not cover', () => {
    const tags = { Project: 'clarity', Name: 'clarity-test-gpu' };
    expect(only(stack, 'aws_launch_template')['tag_specifications']).toEqual([
      { resource_type: 'instance', tags },
      { resource_type: 'volume', tags },
    ]);
  });

  it('is available next to Fargate and Fargate Spot', () => {
    expect(only(stack, 'aws_ecs_cluster_capacity_providers')['capacity_providers']).toEqual([
      'FARGATE',
      'FARGATE_SPOT',
      '${aws_ecs_capacity_provider.gpu_provider.name}',
    ]);
  });
});
