import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { gpus, hostPorts } from './host-needs';

/** What a host has only one of, so that one task of a service keeps the next one away from it. */
export type OnePerHost = 'GPU' | 'port';

/** What a task of a definition takes from its host: the GPU (a host of ours has one), or a port that it fixes. */
export function onePerHost(definition: TaskDefinition): OnePerHost | undefined {
  if (gpus(definition) > 0) return 'GPU';
  return hostPorts(definition).length > 0 ? 'port' : undefined;
}
