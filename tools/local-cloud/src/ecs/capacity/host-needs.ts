import type { TaskDefinition } from '@aws-sdk/client-ecs';

/** A port of its host that a container fixes. */
export interface HostPort {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

/**
 * The ports of its host that a task of a definition fixes. With awsvpc each task has a network interface of its own;
 * host port 0 is a free one.
 */
export function hostPorts({
  networkMode = 'bridge',
  containerDefinitions = [],
}: TaskDefinition): readonly HostPort[] {
  if (networkMode === 'awsvpc') return [];
  return containerDefinitions
    .flatMap(({ portMappings }) => portMappings ?? [])
    .map(({ containerPort = 0, hostPort = 0, protocol = 'tcp' }) => ({
      port: networkMode === 'host' ? containerPort : hostPort,
      protocol,
    }))
    .filter(({ port }) => port > 0);
}

/** How many GPUs a task of a definition has for itself. */
export const gpus = ({ containerDefinitions = [] }: TaskDefinition): number =>
  containerDefinitions
    .flatMap(({ resourceRequirements }) => resourceRequirements ?? [])
    .filter(({ type }) => type === 'GPU')
    .reduce((sum, { value }) => sum + Number(value), 0);
