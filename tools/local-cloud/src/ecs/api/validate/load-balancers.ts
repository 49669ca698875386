import type { LoadBalancer, TaskDefinition } from '@aws-sdk/client-ecs';
import type { TargetGroup } from '../../../balancer/targets/target-group';
import { invalidParameter } from '../../protocol/ecs-error';

/**
 * Refuses a load balancer that no task of the definition could be a target of.
 * @throws EcsError InvalidParameterException
 */
export function checkTargetContainer(
  { containerDefinitions = [] }: TaskDefinition,
  { containerName = '', containerPort = 0 }: LoadBalancer,
): void {
  const container = containerDefinitions.find(({ name }) => name === containerName);
  if (!container)
    throw invalidParameter(`The container ${containerName} does not exist in the task definition.`);
  if (!container.portMappings?.some((mapping) => mapping.containerPort === containerPort))
    throw invalidParameter(
      `The container ${containerName} did not have a container port ${containerPort} defined.`,
    );
}

/**
 * Refuses a target group that the tasks of the definition cannot be registered in.
 * @throws EcsError InvalidParameterException
 */
export function checkTargetGroup(
  { networkMode = 'bridge' }: TaskDefinition,
  {
    arn,
    targetType,
    loadBalancerArns,
  }: Pick<TargetGroup, 'arn' | 'targetType' | 'loadBalancerArns'>,
): void {
  if (targetType !== (networkMode === 'awsvpc' ? 'ip' : 'instance'))
    throw invalidParameter(
      `The provided target group ${arn} has target type ${targetType}, which is incompatible with the ${networkMode} network mode specified in the task definition.`,
    );
  if (loadBalancerArns.length === 0)
    throw invalidParameter(
      `The target group with targetGroupArn ${arn} does not have an associated load balancer.`,
    );
}
