import type { CapacityProviderStrategyItem, Cluster, TaskDefinition } from '@aws-sdk/client-ecs';
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
