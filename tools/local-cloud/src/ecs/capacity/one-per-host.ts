import type { TaskDefinition } from '@aws-sdk/client-ecs';

/** What a host has only one of, so that one task of a service keeps the next one away from it. */
export type OnePerHost = 'GPU' | 'port';

/**
 * What a task of a definition takes from its host: the GPU (a host of ours has one), or a port that the definition
 * fixes. With awsvpc each task has a network interface of its own; host port 0 is a free one.
 */
export function onePerHost({
  networkMode = 'bridge',
  containerDefinitions = [],
}: TaskDefinition): OnePerHost | undefined {
  const needs = (type: string) =>
    containerDefinitions.some(({ resourceRequirements }) =>
      resourceRequirements?.some((each) => each.type === type),
    );
  if (needs('GPU')) return 'GPU';
  const ports = containerDefinitions.flatMap(({ portMappings }) => portMappings ?? []);
  const fixed = networkMode === 'host' ? ports : ports.filter(({ hostPort = 0 }) => hostPort > 0);
  return networkMode !== 'awsvpc' && fixed.length > 0 ? 'port' : undefined;
}
