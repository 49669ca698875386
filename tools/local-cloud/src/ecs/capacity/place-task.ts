import type { Resource } from '@aws-sdk/client-ecs';
import type { TaskDemand } from './task-demand';

/** A container instance that takes new tasks. */
export interface Host {
  readonly arn: string;
  readonly remaining: readonly Resource[];
}

/** Why a host has no place for a task, as `failures` of RunTask have it. */
export interface NoPlace {
  readonly arn: string;
  readonly reason: `RESOURCE:${string}`;
}

/** What is left of the registered resources; of ports, those in use are listed, as ECS does. */
export const remainingResources = (
  registered: readonly Resource[],
  demands: readonly TaskDemand[],
): Resource[] => registered.map((resource) => demands.reduce(without, resource));

/**
 * The first host with room for a task, or why each of them has none.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
 */
export function placeTask(
  hosts: readonly Host[],
  demand: TaskDemand,
): { readonly arn: string } | { readonly failures: readonly NoPlace[] } {
  const failures: NoPlace[] = [];
  for (const { arn, remaining } of hosts) {
    const lacking = lackingResource(remaining, demand);
    if (lacking === undefined) return { arn };
    failures.push({ arn, reason: `RESOURCE:${lacking}` });
  }
  return { failures };
}

function without(resource: Resource, demand: TaskDemand): Resource {
  const { integerValue = 0, stringSetValue = [] } = resource;
  switch (resource.name) {
    case 'CPU':
      return { ...resource, integerValue: integerValue - demand.cpuUnits };
    case 'MEMORY':
      return { ...resource, integerValue: integerValue - demand.memoryMib };
    case 'GPU':
      return { ...resource, stringSetValue: stringSetValue.slice(demand.gpus) };
    case 'PORTS':
      return { ...resource, stringSetValue: [...stringSetValue, ...demand.ports] };
    case 'PORTS_UDP':
      return { ...resource, stringSetValue: [...stringSetValue, ...demand.udpPorts] };
    default:
      return resource;
  }
}

function lackingResource(
  remaining: readonly Resource[],
  { cpuUnits, memoryMib, gpus, ports, udpPorts }: TaskDemand,
): string | undefined {
  const find = (name: string) => remaining.find((each) => each.name === name);
  const amount = (name: string) => find(name)?.integerValue ?? 0;
  const set = (name: string) => find(name)?.stringSetValue ?? [];
  if (cpuUnits > amount('CPU')) return 'CPU';
  if (memoryMib > amount('MEMORY')) return 'MEMORY';
  if (gpus > set('GPU').length) return 'GPU';
  if (ports.some((port) => set('PORTS').includes(port))) return 'PORTS';
  if (udpPorts.some((port) => set('PORTS_UDP').includes(port))) return 'PORTS_UDP';
  return undefined;
}
