import type { TaskDefinition, TaskOverride } from '@aws-sdk/client-ecs';
import { taskDemand, type TaskDemand } from './task-demand';

const sized = { name: 'app', cpu: 256, memory: 512 };
const gpu = { resourceRequirements: [{ type: 'GPU' as const, value: '2' }] };
const mapped = {
  portMappings: [
    { containerPort: 8080, hostPort: 80 },
    { containerPort: 53, hostPort: 53, protocol: 'udp' as const },
    { containerPort: 9090, hostPort: 0 },
  ],
};

it.each<[string, TaskDefinition, TaskOverride, Partial<TaskDemand>]>([
  [
    'the sizes of its containers',
    { containerDefinitions: [sized, sized] },
    {},
    { cpuUnits: 512, memoryMib: 1024 },
  ],
  [
    'what a container reserves, not its limit',
    { containerDefinitions: [{ ...sized, memoryReservation: 100 }] },
    {},
    { memoryMib: 100 },
  ],
  [
    'the size of the task, if it has one',
    { cpu: '1 vCPU', memory: '2 GB', containerDefinitions: [sized] },
    {},
    { cpuUnits: 1024, memoryMib: 2048 },
  ],
  [
    'what RunTask overrides',
    { containerDefinitions: [sized] },
    { containerOverrides: [{ name: 'app', cpu: 1, memory: 2 }] },
    { cpuUnits: 1, memoryMib: 2 },
  ],
  [
    'the task size that RunTask overrides',
    { cpu: '256', memory: '512' },
    { cpu: '512', memory: '1024' },
    { cpuUnits: 512, memoryMib: 1024 },
  ],
  ['its GPUs', { containerDefinitions: [gpu] }, {}, { gpus: 2 }],
  [
    'the ports that it fixes',
    { containerDefinitions: [mapped] },
    {},
    { ports: ['80'], udpPorts: ['53'] },
  ],
  [
    'every port in network mode host',
    { networkMode: 'host', containerDefinitions: [mapped] },
    {},
    { ports: ['8080', '9090'], udpPorts: ['53'] },
  ],
  [
    'no port with an interface of its own',
    { networkMode: 'awsvpc', containerDefinitions: [mapped] },
    {},
    { ports: [], udpPorts: [] },
  ],
])('a task takes %s', (_what, definition, overrides, expected) => {
  expect(taskDemand(definition, overrides)).toMatchObject(expected);
});
