import type { ContainerDefinition, TaskDefinition, TaskOverride } from '@aws-sdk/client-ecs';
import { cpuUnits, mebibytes } from './task-size';
import { gpus, hostPorts } from './host-needs';

/** What a task takes from its container instance for as long as it is not STOPPED. */
export interface TaskDemand {
  readonly cpuUnits: number;
  readonly memoryMib: number;
  readonly gpus: number;
  readonly ports: readonly string[];
  readonly udpPorts: readonly string[];
}

/**
 * The size of the task if it has one, else the sum of its containers. Of a container, `memoryReservation` counts
 * before `memory`, as the API reference has it for ContainerDefinition.
 */
export function taskDemand(definition: TaskDefinition, overrides: TaskOverride = {}): TaskDemand {
  const containers = (definition.containerDefinitions ?? []).map((container) => ({
    ...container,
    ...sizeOverride(container, overrides),
  }));
  const cpu = overrides.cpu ?? definition.cpu;
  const memory = overrides.memory ?? definition.memory;
  const sum = (size: (container: ContainerDefinition) => number | undefined) =>
    containers.reduce((total, container) => total + (size(container) ?? 0), 0);
  const portsOf = (wanted: string) =>
    hostPorts(definition).flatMap(({ port, protocol }) =>
      protocol === wanted ? [String(port)] : [],
    );
  return {
    cpuUnits: cpu ? cpuUnits(cpu) : sum((container) => container.cpu),
    memoryMib: memory
      ? mebibytes(memory)
      : sum((container) => container.memoryReservation ?? container.memory),
    gpus: gpus({ containerDefinitions: containers }),
    ports: portsOf('tcp'),
    udpPorts: portsOf('udp'),
  };
}

function sizeOverride({ name }: ContainerDefinition, { containerOverrides = [] }: TaskOverride) {
  const override = containerOverrides.find((each) => each.name === name);
  const { cpu, memory, memoryReservation, resourceRequirements } = override ?? {};
  return {
    ...(cpu !== undefined && { cpu }),
    ...(memory !== undefined && { memory }),
    ...(memoryReservation !== undefined && { memoryReservation }),
    ...(resourceRequirements && { resourceRequirements }),
  };
}
