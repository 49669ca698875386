import { Construct } from 'constructs';
import { EcsCluster, EcsClusterCapacityProviders } from '../aws';

export interface ContainerClusterProps {
  readonly name: string;
  readonly containerInsights: 'enhanced' | 'enabled' | 'disabled';
}

/** An ECS cluster; what runs its tasks is joined to it by {@link ContainerCluster.offer}. */
export class ContainerCluster extends Construct {
  readonly arn: string;
  readonly name: string;

  constructor(scope: Construct, id: string, props: ContainerClusterProps) {
    super(scope, id);
    const cluster = new EcsCluster(this, 'cluster', {
      name: props.name,
      setting: [{ name: 'containerInsights', value: props.containerInsights }],
    });
    this.arn = cluster.arn;
    this.name = cluster.name;
  }

  /** Offers Fargate, Fargate Spot and further capacity to the cluster's services. */
  offer(further: readonly string[]): void {
    new EcsClusterCapacityProviders(this, 'capacity', {
      clusterName: this.name,
      capacityProviders: ['FARGATE', 'FARGATE_SPOT', ...further],
      defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1, base: 0 }],
    });
  }
}
