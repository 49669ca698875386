import type { DeploymentConfiguration } from '@aws-sdk/client-ecs';
import { usualThreshold, type Safeguards } from '../deployment/safeguards';
import type { DeploymentLimits } from '../deployment/state';
import { echoedFields, revisionFields, type ServiceSettings } from '../service/service-record';

/** The fields of a request that a service echoes. */
export function echoed(request: object): ServiceSettings {
  const known: ReadonlySet<string> = new Set(echoedFields);
  return Object.fromEntries(Object.entries(request).filter(([name]) => known.has(name)));
}

/** What ECS fills in if CreateService leaves it out, apart from how to launch tasks. */
export function withDefaults(settings: ServiceSettings): ServiceSettings {
  const { loadBalancers, deploymentConfiguration } = settings;
  return {
    deploymentController: { type: 'ECS' },
    schedulingStrategy: 'REPLICA',
    enableECSManagedTags: false,
    enableExecuteCommand: false,
    propagateTags: 'NONE',
    availabilityZoneRebalancing: 'DISABLED',
    ...(loadBalancers?.length && { healthCheckGracePeriodSeconds: 0 }),
    ...settings,
    deploymentConfiguration: deploymentDefaults(deploymentConfiguration),
  };
}

const deploymentDefaults = (
  given: DeploymentConfiguration | undefined,
): DeploymentConfiguration => ({
  deploymentCircuitBreaker: { enable: false, rollback: false },
  maximumPercent: 200,
  minimumHealthyPercent: 100,
  strategy: 'ROLLING',
  bakeTimeInMinutes: 0,
  ...given,
});

/** The settings after UpdateService: what it names replaces what there was. */
export function updated(settings: ServiceSettings, request: object): ServiceSettings {
  const changes = echoed(request);
  const merged: ServiceSettings = {
    ...settings,
    ...changes,
    deploymentConfiguration: {
      ...settings.deploymentConfiguration,
      ...changes.deploymentConfiguration,
    },
  };
  // A strategy takes the place of the launch type.
  return changes.capacityProviderStrategy?.length ? { ...merged, launchType: undefined } : merged;
}

/** Whether going from one to the other is a new service revision. */
export const isNewRevision = (before: ServiceSettings, after: ServiceSettings): boolean =>
  revisionFields.some((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));

export const limitsOf = ({ deploymentConfiguration }: ServiceSettings): DeploymentLimits => ({
  minimumHealthyPercent: deploymentConfiguration?.minimumHealthyPercent ?? 100,
  maximumPercent: deploymentConfiguration?.maximumPercent ?? 200,
});

/** What may end a rollout of the service before its time. */
export function safeguardsOf({ deploymentConfiguration }: ServiceSettings): Safeguards {
  const { deploymentCircuitBreaker: breaker, alarms } = deploymentConfiguration ?? {};
  const { type = usualThreshold.type, value = usualThreshold.value } =
    breaker?.thresholdConfiguration ?? {};
  return {
    breaker: breaker?.enable
      ? {
          rollback: breaker.rollback ?? false,
          threshold: { type, value },
          resetOnHealthyTask: breaker.resetOnHealthyTask ?? true,
        }
      : undefined,
    alarms: alarms?.enable
      ? { names: alarms.alarmNames ?? [], rollback: alarms.rollback ?? false }
      : undefined,
  };
}
