import type { CapacityProviderStrategyItem } from '@aws-sdk/client-ecs';
import type { MotoEcs } from '../moto-ecs';
import type { ClusterName } from '../protocol/arns';

interface LaunchRequest {
  readonly launchType?: string | undefined;
  readonly capacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined;
}

/** A request of RunTask or CreateService that names neither launch type nor strategy: the cluster's strategy, or EC2. */
export async function withDefaultLaunch<Request extends LaunchRequest>(
  motoEcs: MotoEcs,
  cluster: ClusterName,
  request: Request,
): Promise<Request> {
  if (request.launchType ?? request.capacityProviderStrategy?.length) return request;
  const strategy = await motoEcs.defaultStrategy(cluster);
  return strategy.length > 0
    ? { ...request, capacityProviderStrategy: [...strategy] }
    : { ...request, launchType: 'EC2' };
}
