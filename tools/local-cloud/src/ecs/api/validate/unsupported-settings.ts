import { notSupported } from '../../protocol/ecs-error';
import type { ServiceSettings } from '../../service/service-record';

/**
 * Refuses what ECS can do and the emulator cannot, so that it is never taken for a rolling update of a replica
 * service.
 * @throws EcsError UnsupportedFeatureException, naming the field
 */
export function checkSupported(settings: ServiceSettings): void {
  const [unsupported] = unsupportedIn(settings);
  if (unsupported !== undefined) throw notSupported(unsupported);
}

function unsupportedIn(settings: ServiceSettings): string[] {
  const { deploymentController, schedulingStrategy, deploymentConfiguration = {} } = settings;
  const { strategy, bakeTimeInMinutes, lifecycleHooks } = deploymentConfiguration;
  const { serviceConnectConfiguration, volumeConfigurations, vpcLatticeConfigurations } = settings;
  const { serviceRegistries, loadBalancers = [] } = settings;
  const entries: readonly (readonly [string, boolean])[] = [
    only('deploymentController.type', deploymentController?.type, 'ECS'),
    only('schedulingStrategy', schedulingStrategy, 'REPLICA'),
    only('deploymentConfiguration.strategy', strategy, 'ROLLING'),
    ['deploymentConfiguration.bakeTimeInMinutes', (bakeTimeInMinutes ?? 0) > 0],
    ['deploymentConfiguration.lifecycleHooks', isFilled(lifecycleHooks)],
    ['serviceConnectConfiguration', serviceConnectConfiguration?.enabled ?? false],
    ['serviceRegistries', isFilled(serviceRegistries)],
    ['volumeConfigurations', isFilled(volumeConfigurations)],
    ['vpcLatticeConfigurations', isFilled(vpcLatticeConfigurations)],
    ['loadBalancers.loadBalancerName', loadBalancers.some((each) => each.loadBalancerName)],
    [
      'loadBalancers.advancedConfiguration',
      loadBalancers.some((each) => each.advancedConfiguration),
    ],
  ];
  return entries.flatMap(([name, isUsed]) => (isUsed ? [name] : []));
}

const only = (name: string, value: string | undefined, supported: string) =>
  [`${name} = ${value ?? ''}`, value !== undefined && value !== supported] as const;

const isFilled = (list: readonly unknown[] | undefined): boolean => (list?.length ?? 0) > 0;
