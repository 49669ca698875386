import type {
  CapacityProviderStrategyItem,
  NetworkConfiguration,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import { clientException, invalidParameter, notSupported } from '../../protocol/ecs-error';
import { isFargateSize } from './fargate-size';

/** How tasks of a definition are to be started, by a service or by RunTask. */
export interface Launch {
  readonly launchType?: string | undefined;
  readonly capacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined;
  readonly networkConfiguration?: NetworkConfiguration | undefined;
}

/**
 * Refuses to start tasks of a definition in a way that does not fit it.
 * @throws EcsError ClientException, InvalidParameterException, UnsupportedFeatureException
 */
export function checkLaunch(definition: TaskDefinition, launch: Launch): void {
  if (definition.status === 'INACTIVE') throw clientException('TaskDefinition is inactive');
  checkLaunchType(launch);
  if (isOnFargate(launch) && !fitsFargate(definition))
    throw invalidParameter('Task definition does not support launch_type FARGATE.');
  const network = launch.networkConfiguration?.awsvpcConfiguration;
  if (definition.networkMode === 'awsvpc') {
    if (!network)
      throw invalidParameter(
        "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
      );
    if (!network.subnets?.length) throw invalidParameter('subnets can not be empty.');
  } else if (network)
    throw invalidParameter(
      'Network Configuration is not valid for the given networkMode of this task definition.',
    );
}

function checkLaunchType({ launchType, capacityProviderStrategy }: Launch): void {
  if (launchType === undefined) return;
  if (launchType === 'MANAGED_INSTANCES') throw notSupported(`launchType = ${launchType}`);
  if (!['EC2', 'FARGATE', 'EXTERNAL'].includes(launchType))
    throw clientException('launch type should be one of [EC2,FARGATE,EXTERNAL]');
  if (capacityProviderStrategy?.length)
    throw invalidParameter(
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    );
}

/** Whether tasks run on Fargate, by launch type or by capacity provider. */
export const isOnFargate = ({ launchType, capacityProviderStrategy }: Launch): boolean =>
  launchType === 'FARGATE' ||
  (capacityProviderStrategy ?? []).some(({ capacityProvider }) =>
    capacityProvider?.startsWith('FARGATE'),
  );

const fitsFargate = ({
  networkMode,
  cpu = '',
  memory = '',
  containerDefinitions,
}: TaskDefinition) =>
  networkMode === 'awsvpc' &&
  isFargateSize(cpu, memory) &&
  (containerDefinitions ?? []).every(
    ({ privileged, resourceRequirements }) => !privileged && !resourceRequirements?.length,
  );
