import type {
  ContainerDefinition,
  ContainerOverride,
  HealthCheck,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import type { ContainerSpec, HealthCheckSpec } from '../runtime/task-runtime';

/** What ECS itself puts into every container's environment. */
export type PlatformEnvironment = Readonly<Record<string, string>>;

export interface ContainerSources {
  readonly definition: TaskDefinition;
  readonly overrides: readonly ContainerOverride[];
  readonly platform: PlatformEnvironment;
  readonly secretValue: (valueFrom: string) => Promise<string>;
}

/**
 * The containers of a task, ready to run. Later sources win: what the platform gives, the task
 * definition's environment, its secrets, the overrides of the caller.
 */
export function containerSpecs(sources: ContainerSources): Promise<ContainerSpec[]> {
  const { definition, overrides } = sources;
  return Promise.all(
    (definition.containerDefinitions ?? []).map((container) =>
      containerSpec(
        container,
        overrides.find((each) => each.name === container.name),
        sources,
      ),
    ),
  );
}

async function containerSpec(
  container: ContainerDefinition,
  override: ContainerOverride | undefined,
  { platform, secretValue }: ContainerSources,
): Promise<ContainerSpec> {
  const secrets = await Promise.all(
    (container.secrets ?? []).map(async ({ name, valueFrom }) => ({
      name,
      value: await secretValue(valueFrom ?? ''),
    })),
  );
  return {
    name: container.name ?? '',
    image: container.image ?? '',
    essential: container.essential ?? true,
    command: override?.command ?? container.command,
    entryPoint: container.entryPoint,
    environment: {
      ...platform,
      ...byName(container.environment),
      ...byName(secrets),
      ...byName(override?.environment),
    },
    containerPorts: (container.portMappings ?? []).flatMap(
      ({ containerPort }) => containerPort ?? [],
    ),
    healthCheck: container.healthCheck && healthCheckSpec(container.healthCheck),
    dependsOn: (container.dependsOn ?? []).map(({ containerName = '', condition = 'START' }) => ({
      container: containerName,
      condition,
    })),
    stopTimeoutMs: (container.stopTimeout ?? 30) * 1000,
  };
}

type NameAndValue = { name?: string | undefined; value?: string | undefined };

const byName = (pairs: readonly NameAndValue[] | undefined): Record<string, string> =>
  Object.fromEntries((pairs ?? []).map(({ name = '', value = '' }) => [name, value]));

/** The defaults are those of a task definition: every 30 s, 5 s each, unhealthy after 3. */
const healthCheckSpec = (check: HealthCheck): HealthCheckSpec => ({
  command: check.command ?? [],
  intervalMs: (check.interval ?? 30) * 1000,
  timeoutMs: (check.timeout ?? 5) * 1000,
  retries: check.retries ?? 3,
  startPeriodMs: (check.startPeriod ?? 0) * 1000,
});
