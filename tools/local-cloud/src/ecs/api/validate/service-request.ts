import type { CreateServiceCommandInput } from '@aws-sdk/client-ecs';
import { invalidParameter } from '../../protocol/ecs-error';
import type { ServiceSettings } from '../../service/service-record';

/**
 * Refuses a CreateService that ECS refuses, whatever its task definition is.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
 * @throws EcsError InvalidParameterException
 */
export function checkNewService({
  serviceName = '',
  desiredCount,
}: Partial<CreateServiceCommandInput>): void {
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(serviceName))
    throw invalidParameter(
      `Invalid service name '${serviceName}': up to 255 letters, numbers, hyphens and underscores are allowed.`,
    );
  if (desiredCount === undefined)
    throw invalidParameter(
      'desiredCount is required for services with the scheduling strategy REPLICA.',
    );
}

/**
 * Refuses a deployment configuration under which no deployment could go on.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 * @throws EcsError InvalidParameterException
 */
export function checkDeploymentConfiguration({ deploymentConfiguration }: ServiceSettings): void {
  const {
    minimumHealthyPercent = 100,
    maximumPercent = 200,
    deploymentCircuitBreaker,
    alarms,
  } = deploymentConfiguration ?? {};
  if (minimumHealthyPercent > 100)
    throw invalidParameter('minimumHealthyPercent must be at most 100.');
  if (maximumPercent < 100) throw invalidParameter('maximumPercent must be at least 100.');
  if (minimumHealthyPercent === 100 && maximumPercent === 100)
    throw invalidParameter(
      'Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.',
    );
  const { type = '', value = 0 } = deploymentCircuitBreaker?.thresholdConfiguration ?? {};
  if (type === 'BOUNDED_PERCENT' && value > 100)
    throw invalidParameter('A threshold of type BOUNDED_PERCENT must be between 1 and 100.');
  if (alarms?.enable && !alarms.alarmNames?.length)
    throw invalidParameter('Deployment alarms are enabled, but no alarm names are given.');
}
