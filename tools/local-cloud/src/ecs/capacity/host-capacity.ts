import type {
  CapacityProvider,
  CapacityProviderStrategyItem,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import type { CallJson } from '../../moto/aws-json';
import { onePerHost } from './one-per-host';
import { numbered, type CallQuery } from '../../moto/aws-query';

/** Capacity provider → how many tasks of a service its hosts hold; those without one hold any number. */
export type HostCapacity = ReadonlyMap<string, number>;

/**
 * How many tasks of a definition each capacity provider of a strategy has room for, if a host holds only one of them.
 * There is always room on Fargate.
 */
export async function hostCapacity(
  call: CallJson,
  query: CallQuery,
  {
    definition,
    strategy,
    region,
  }: {
    readonly definition: TaskDefinition;
    readonly strategy: readonly CapacityProviderStrategyItem[];
    readonly region: string;
  },
): Promise<HostCapacity> {
  if (!onePerHost(definition)) return new Map();
  const names = strategy.flatMap(({ capacityProvider }) =>
    capacityProvider && !capacityProvider.startsWith('FARGATE') ? [capacityProvider] : [],
  );
  if (names.length === 0) return new Map();
  const target = 'AmazonEC2ContainerServiceV20141113.DescribeCapacityProviders';
  const { capacityProviders = [] } = await call<{ capacityProviders?: CapacityProvider[] }>(
    { service: 'ecs', region, target },
    { capacityProviders: names },
  );
  const sizes = await Promise.all(
    capacityProviders.map(async ({ name = '', autoScalingGroupProvider: group }) => {
      const size = await mostHosts(query, group?.autoScalingGroupArn ?? '', region);
      return size === undefined ? [] : [[name, size] as const];
    }),
  );
  return new Map(sizes.flat());
}

/** Room for all of a service's tasks together; undefined if there is no limit. */
export function totalCapacity(
  capacity: HostCapacity,
  strategy: readonly CapacityProviderStrategyItem[],
): number | undefined {
  const each = strategy.map(({ capacityProvider }) => capacity.get(capacityProvider ?? ''));
  if (each.length === 0 || each.includes(undefined)) return undefined;
  return each.reduce<number>((sum, room) => sum + (room ?? 0), 0);
}

/** The maximum size of an Auto Scaling group. */
async function mostHosts(
  query: CallQuery,
  groupArn: string,
  region: string,
): Promise<number | undefined> {
  const name = groupArn.split('autoScalingGroupName/').at(-1) ?? '';
  const groups = await query(
    { service: 'autoscaling', region, version: '2011-01-01' },
    { Action: 'DescribeAutoScalingGroups', ...numbered('AutoScalingGroupNames.member', [name]) },
  );
  const size = /<MaxSize>(\d+)<\/MaxSize>/.exec(groups)?.[1];
  return size === undefined ? undefined : Number(size);
}
