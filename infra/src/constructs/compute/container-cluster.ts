import { Construct } from 'constructs';
import { EcsCluster, EcsClusterCapacityProviders } from '../../aws';
import { ServiceLogs } from '../observability/service-logs';

export interface ContainerClusterProps {
  readonly name: string;
  readonly containerInsights: 'enhanced' | 'enabled' | 'disabled';
  readonly logRetentionDays: number;
  /** Of logs and of the disks of Fargate tasks; its policy has to let Fargate in. */
  readonly keyArn: string;
}

/** An ECS cluster; what runs its tasks is joined to it by {@link ContainerCluster.addCapacityProviders}. */
export class ContainerCluster extends Construct {
  readonly arn: string;
  readonly name: string;

  constructor(scope: Construct, id: string, props: ContainerClusterProps) {
    super(scope, id);
    // Container Insights would make it itself, without our key and for ever.
    const insights = new ServiceLogs(this, 'insights', {
      name: `/aws/ecs/containerinsights/${props.name}/performance`,
      retentionDays: props.logRetentionDays,
      keyArn: props.keyArn,
    });
    const cluster = new EcsCluster(this, 'cluster', {
      name: props.name,
      dependsOn: [insights.group],
      configuration: {
        managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: props.keyArn },
      },
      setting: [{ name: 'containerInsights', value: props.containerInsights }],
    });
    this.arn = cluster.arn;
    this.name = cluster.name;
  }

  /** Offers Fargate, Fargate Spot and further capacity to the cluster's services. */
  addCapacityProviders(further: readonly string[]): void {
    new EcsClusterCapacityProviders(this, 'capacity', {
      clusterName: this.name,
      capacityProviders: ['FARGATE', 'FARGATE_SPOT', ...further],
      defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1, base: 0 }],
    });
  }
}
