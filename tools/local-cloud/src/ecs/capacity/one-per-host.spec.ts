import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { onePerHost } from './one-per-host';

const gpu = { resourceRequirements: [{ type: 'GPU' as const, value: '1' }] };
const fixed = { portMappings: [{ containerPort: 80, hostPort: 8080 }] };
const free = { portMappings: [{ containerPort: 80, hostPort: 0 }] };

it.each<[TaskDefinition, string | undefined]>([
  [{}, undefined],
  [{ containerDefinitions: [free] }, undefined],
  [{ containerDefinitions: [free, fixed] }, 'port'],
  [{ containerDefinitions: [free], networkMode: 'host' }, 'port'],
  [{ containerDefinitions: [fixed], networkMode: 'awsvpc' }, undefined],
  [{ containerDefinitions: [fixed, gpu] }, 'GPU'],
])('%j takes from its host: %s', (definition, expected) => {
  expect(onePerHost(definition)).toBe(expected);
});
