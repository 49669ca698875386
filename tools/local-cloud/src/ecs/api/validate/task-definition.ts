import type {
  ContainerDefinition,
  HealthCheck,
  RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { clientException } from '../../protocol/ecs-error';
import { isFargateSize } from './fargate-size';

export type TaskDefinitionRequest = Partial<RegisterTaskDefinitionCommandInput>;

/**
 * Refuses a task definition that ECS does not register.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
 * @throws EcsError ClientException
 */
export function checkTaskDefinition(request: TaskDefinitionRequest): void {
  const { containerDefinitions: containers = [] } = request;
  checkContainers(containers);
  for (const container of containers) {
    if (container.secrets?.length && !request.executionRoleArn)
      throw clientException(
        "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
      );
    if (container.healthCheck) checkHealthCheck(container.healthCheck);
    checkDependencies(container, containers);
    if (waitsFor(container.name, container, containers))
      throw clientException('A container dependency must not be cyclic.');
  }
  if (request.requiresCompatibilities?.includes('FARGATE')) checkFargate(request, containers);
}

function checkContainers(containers: readonly ContainerDefinition[]): void {
  for (const property of ['name', 'image'] as const)
    if (containers.some((container) => !container[property]))
      throw clientException(`Container.${property} should not be null or empty.`);
  const names = containers.map(({ name }) => name);
  const duplicate = names.find((name, index) => names.indexOf(name) !== index);
  if (duplicate !== undefined)
    throw clientException(
      `Container names must be unique. Duplicate container name: ${duplicate}.`,
    );
  if (containers.length > 0 && containers.every(({ essential }) => essential === false))
    throw clientException('A task definition must have at least one essential container.');
}

const healthCheckRanges = {
  interval: [5, 300],
  timeout: [2, 60],
  retries: [1, 10],
  startPeriod: [0, 300],
} as const satisfies Partial<Record<keyof HealthCheck, readonly [number, number]>>;

function checkHealthCheck(check: HealthCheck): void {
  for (const [name, [least, most]] of Object.entries(healthCheckRanges)) {
    const value = check[name as keyof typeof healthCheckRanges];
    if (value !== undefined && (value < least || value > most))
      throw clientException(`Health check ${name} must be between ${least} and ${most}.`);
  }
}

function checkDependencies(
  { dependsOn = [] }: ContainerDefinition,
  containers: readonly ContainerDefinition[],
): void {
  for (const { containerName = '', condition = '' } of dependsOn) {
    const other = containers.find(({ name }) => name === containerName);
    if (!other)
      throw clientException(
        `Cannot depend on container + '${containerName}' because it does not exist`,
      );
    if (/^(SUCCESS|COMPLETE)$/.test(condition) && other.essential !== false)
      throw clientException(
        'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container',
      );
    if (condition === 'HEALTHY' && !other.healthCheck)
      throw clientException(
        'A dependency container with HEALTHY condition must have health check configured',
      );
  }
}

/** Whether a container depends on another one, directly or by way of others. */
function waitsFor(
  wanted: string | undefined,
  { dependsOn = [] }: ContainerDefinition,
  containers: readonly ContainerDefinition[],
  seen: ReadonlySet<string | undefined> = new Set(),
): boolean {
  return dependsOn.some(({ containerName }) => {
    if (containerName === wanted) return true;
    const next = containers.find(({ name }) => name === containerName);
    if (!next || seen.has(containerName)) return false;
    return waitsFor(wanted, next, containers, new Set([...seen, containerName]));
  });
}

/** The longest `stopTimeout` on Fargate, in seconds. */
const longestStopOnFargate = 120;

function checkFargate(
  { networkMode, cpu, memory, executionRoleArn }: TaskDefinitionRequest,
  containers: readonly ContainerDefinition[],
): void {
  if (networkMode !== 'awsvpc')
    throw clientException('Fargate only supports network mode ‘awsvpc’.');
  if (!cpu) throw clientException("Fargate requires that 'cpu' be defined at the task level.");
  if (!memory)
    throw clientException("Fargate requires that 'memory' be defined at the task level.");
  if (!isFargateSize(cpu, memory))
    throw clientException('No Fargate configuration exists for given values.');
  for (const { name = '', stopTimeout = 0, logConfiguration } of containers) {
    if (stopTimeout > longestStopOnFargate)
      throw clientException(
        `Invalid setting for container '${name}'. 'stopTimeout' cannot exceed ${longestStopOnFargate} seconds on Fargate.`,
      );
    if (logConfiguration?.logDriver === 'awslogs' && !executionRoleArn)
      throw clientException(
        'Fargate requires task definition to have execution role ARN to support log driver awslogs.',
      );
  }
}
