import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { totalCapacity, type HostCapacity } from '../capacity/host-capacity';
import { onePerHost } from '../capacity/one-per-host';
import type { EmbeddedEcs } from '../embedded-ecs';
import { invalidParameter } from '../protocol/ecs-error';
import type { ServiceSettings } from '../service/service-record';
import { checkExistingNetwork } from './validate/existing-network';
import { checkTargetContainer, checkTargetGroup } from './validate/load-balancers';
import { checkDeploymentConfiguration } from './validate/service-request';

/**
 * Refuses settings that do not fit each other or what exists, and opens the load balancers of its target groups.
 * @throws EcsError InvalidParameterException
 */
export async function checkSettings(
  ecs: EmbeddedEcs,
  definition: TaskDefinition,
  settings: ServiceSettings,
  region: string,
): Promise<void> {
  checkDeploymentConfiguration(settings);
  const { networkConfiguration, loadBalancers = [] } = settings;
  if (networkConfiguration) await checkExistingNetwork(ecs.query, networkConfiguration, region);
  for (const loadBalancer of loadBalancers) {
    checkTargetContainer(definition, loadBalancer);
    const { targetGroupArn = '' } = loadBalancer;
    const group = await ecs.taskDeps.targetGroup(targetGroupArn);
    if (!group)
      throw invalidParameter(
        `Unable to assume the service linked role or find the target group ${targetGroupArn}.`,
      );
    checkTargetGroup(definition, group);
    await ecs.loadBalancers.openFor(targetGroupArn);
  }
}

/** How many tasks each capacity provider of the settings has room for. */
export const capacityOf = (
  ecs: EmbeddedEcs,
  { taskDefinition = '', capacityProviderStrategy = [] }: ServiceSettings,
  region: string,
): Promise<HostCapacity> => ecs.motoEcs.capacity(taskDefinition, capacityProviderStrategy, region);

/** How many tasks fit on the hosts; undefined: any number. The launch type EC2 has one host here. */
export const roomFor = (
  settings: ServiceSettings,
  capacity: HostCapacity,
  definition: TaskDefinition,
): number | undefined =>
  settings.launchType === 'EC2' && onePerHost(definition) === 'port'
    ? 1
    : totalCapacity(capacity, settings.capacityProviderStrategy ?? []);
