import { Construct } from 'constructs';
import { EcsCluster, EcsClusterCapacityProviders } from '../../aws';
import { ServiceLogs } from '../observability/service-logs';

export interface ContainerClusterProps {
  readonly name: string;
  readonly containerInsights: 'enhanced' | 'enabled' | 'disabled';
  readonly logRetentionDays: number;
  /** Encrypts logs and Fargate task disks; its policy has to allow Fargate. */
  readonly keyArn: string;
}

/** An ECS cluster; {@link ContainerCluster.addCapacityProviders} adds the capacity for its tasks. */
export class ContainerCluster extends Construct {
  readonly arn: string;
  readonly name: string;

  constructor(scope: Construct, id: string, props: ContainerClusterProps) {
    super(scope, id);
    // Otherwise Container Insights creates it, unencrypted and without expiry.
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

  /** Makes Fargate, Fargate Spot and other capacity providers available to the cluster's services. */
  addCapacityProviders(others: readonly string[]): void {
    new EcsClusterCapacityProviders(this, 'capacity', {
      clusterName: this.name,
      capacityProviders: ['FARGATE', 'FARGATE_SPOT', ...others],
      defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1, base: 0 }],
    });
  }
}
