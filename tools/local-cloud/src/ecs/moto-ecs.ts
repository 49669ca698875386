import type {
  CapacityProviderStrategyItem,
  Cluster,
  ContainerInstance,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import { AwsServiceError, type CallJson } from '../moto/aws-json';
import type { CallQuery } from '../moto/aws-query';
import { clusterNotFound, EcsError } from './protocol/ecs-error';
import { clusterName, type ClusterName } from './protocol/arns';
import { hostCapacity, type HostCapacity } from './capacity/host-capacity';

const target = (action: string) => `AmazonEC2ContainerServiceV20141113.${action}`;

/** What we ask moto's ECS about. */
export interface MotoEcs {
  /** The answer to DescribeClusters, with counts of what moto runs: nothing. */
  describeClusters(request: unknown, region: string): Promise<{ clusters?: Cluster[] }>;
  /**
   * The cluster of a request, by name or ARN; `default` if none is named.
   * @throws EcsError ClusterNotFoundException
   */
  cluster(nameOrArn: string | undefined, region: string): Promise<ClusterName>;
  /**
   * A task definition by ARN, `family:revision` or family (its latest ACTIVE revision).
   * @throws EcsError ClientException if there is none
   */
  taskDefinition(nameOrArn: string, region: string): Promise<TaskDefinition>;
  /** The strategy of a cluster for tasks that name neither a launch type nor a strategy; empty if it has none. */
  defaultStrategy(cluster: ClusterName): Promise<readonly CapacityProviderStrategyItem[]>;
  /** Those registered in a cluster. moto places no tasks on them. */
  containerInstances(cluster: ClusterName): Promise<readonly ContainerInstance[]>;
  /**
   * moto's own answer to an action that concerns container instances.
   * @throws AwsServiceError
   */
  aboutInstances<Answer>(action: string, request: unknown, region: string): Promise<Answer>;
  /** How many tasks of a definition the hosts have room for. */
  capacity(
    taskDefinition: string,
    strategy: readonly CapacityProviderStrategyItem[],
    region: string,
  ): Promise<HostCapacity>;
}

export function connectMotoEcs(call: CallJson, query: CallQuery): MotoEcs {
  const reader: MotoEcs = {
    describeClusters: (request, region) =>
      call({ service: 'ecs', region, target: target('DescribeClusters') }, request),
    aboutInstances: (action, request, region) =>
      call({ service: 'ecs', region, target: target(action) }, request),
    defaultStrategy: async ({ arn, region }) => {
      const { clusters = [] } = await reader.describeClusters({ clusters: [arn] }, region);
      return clusters[0]?.defaultCapacityProviderStrategy ?? [];
    },
    containerInstances: async ({ name: cluster, region }) => {
      const listed = await reader.aboutInstances<{ containerInstanceArns: string[] }>(
        'ListContainerInstances',
        { cluster },
        region,
      );
      const containerInstances = listed.containerInstanceArns;
      // Described without any, moto fails.
      if (containerInstances.length === 0) return [];
      const described = await reader.aboutInstances<{ containerInstances: ContainerInstance[] }>(
        'DescribeContainerInstances',
        { cluster, containerInstances },
        region,
      );
      return described.containerInstances;
    },
    capacity: async (taskDefinition, strategy, region) => {
      const definition = await reader.taskDefinition(taskDefinition, region);
      return hostCapacity(call, query, { definition, strategy, region });
    },
    cluster: async (nameOrArn = 'default', region) => {
      const { clusters } = await reader.describeClusters({ clusters: [nameOrArn] }, region);
      const found = clusters?.find((each) => each.status === 'ACTIVE');
      if (!found?.clusterArn) throw clusterNotFound();
      return clusterName(found.clusterArn);
    },
    taskDefinition: async (nameOrArn, region) => {
      try {
        const { taskDefinition } = await call<{ taskDefinition: TaskDefinition }>(
          { service: 'ecs', region, target: target('DescribeTaskDefinition') },
          { taskDefinition: nameOrArn },
        );
        return taskDefinition;
      } catch (error) {
        if (!(error instanceof AwsServiceError)) throw error;
        throw new EcsError('ClientException', 'Unable to describe task definition.');
      }
    },
  };
  return reader;
}
