import { only, synthesise } from '../../test/synthesise';
import { ContainerCluster } from './container-cluster';

describe('ContainerCluster', () => {
  it('watches its containers and offers Fargate unless told otherwise', () => {
    const stack = synthesise((scope) => {
      const cluster = new ContainerCluster(scope, 'cluster', {
        name: 'clarity-test',
        containerInsights: 'enabled',
      });
      cluster.offer([]);
    });
    expect(only(stack, 'aws_ecs_cluster')['setting']).toEqual([
      { name: 'containerInsights', value: 'enabled' },
    ]);
    expect(only(stack, 'aws_ecs_cluster_capacity_providers')).toMatchObject({
      default_capacity_provider_strategy: [{ capacity_provider: 'FARGATE', weight: 1 }],
    });
  });
});
