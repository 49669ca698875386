import { keyArn, only, synthesise } from '../../../test/synthesise';
import { ContainerCluster } from './container-cluster';

describe('ContainerCluster', () => {
  it('enables Container Insights and defaults to Fargate', () => {
    const stack = synthesise((scope) => {
      const cluster = new ContainerCluster(scope, 'cluster', {
        name: 'clarity-test',
        containerInsights: 'enabled',
        logRetentionDays: 14,
        keyArn,
      });
      cluster.addCapacityProviders([]);
    });
    expect(only(stack, 'aws_ecs_cluster')['setting']).toEqual([
      { name: 'containerInsights', value: 'enabled' },
    ]);
    expect(only(stack, 'aws_ecs_cluster')['configuration']).toMatchObject({
      managed_storage_configuration: { fargate_ephemeral_storage_kms_key_id: keyArn },
    });
    expect(only(stack, 'aws_cloudwatch_log_group')).toMatchObject({
      name: '/aws/ecs/containerinsights/clarity-test/performance',
      kms_key_id: keyArn,
    });
    expect(only(stack, 'aws_ecs_cluster_capacity_providers')).toMatchObject({
      default_capacity_provider_strategy: [{ capacity_provider: 'FARGATE', weight: 1 }],
    });
  });
});
