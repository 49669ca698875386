import { checkTaskDefinition, type TaskDefinitionRequest } from './task-definition';

const app = { name: 'app', image: 'app', memory: 64 };
const executionRoleArn = 'arn:aws:iam::123456789012:role/execution';
const onFargate: TaskDefinitionRequest = {
  requiresCompatibilities: ['FARGATE'],
  networkMode: 'awsvpc',
  cpu: '256',
  memory: '512',
  containerDefinitions: [app],
};
const awslogs = { logDriver: 'awslogs', options: {} } as const;
const sidecar = { ...app, name: 'sidecar', essential: false };

const containers = (
  ...containerDefinitions: TaskDefinitionRequest['containerDefinitions'] & {}
) => ({
  containerDefinitions,
});

it.each<[string, TaskDefinitionRequest, RegExp]>([
  ['a CPU size that Fargate lacks', { ...onFargate, cpu: '300' }, /^No Fargate configuration/],
  ['a memory size that Fargate lacks', { ...onFargate, memory: '8192' }, /^No Fargate config/],
  ['no CPU on Fargate', { ...onFargate, cpu: undefined }, /'cpu' be defined at the task level/],
  ['no memory on Fargate', { ...onFargate, memory: undefined }, /'memory' be defined/],
  ['bridge on Fargate', { ...onFargate, networkMode: 'bridge' }, /only supports network mode/],
  [
    'awslogs on Fargate without an execution role',
    { ...onFargate, ...containers({ ...app, logConfiguration: awslogs }) },
    /execution role ARN to support log driver awslogs/,
  ],
  [
    'ten minutes to stop on Fargate',
    { ...onFargate, ...containers({ ...app, stopTimeout: 600 }) },
    /'stopTimeout' cannot exceed 120 seconds/,
  ],
  [
    'secrets without an execution role',
    containers({ ...app, secrets: [{ name: 'KEY', valueFrom: '/key' }] }),
    /you must also specify a value for 'executionRoleArn'/,
  ],
  [
    'a health check every second',
    containers({ ...app, healthCheck: { command: ['CMD', 'true'], interval: 1 } }),
    /^Health check interval must be between 5 and 300/,
  ],
  [
    'a container without a name',
    { ...onFargate, networkMode: 'bridge', ...containers({ ...app, name: '' }) },
    /^Container.name should not be null or empty.$/,
  ],
  ['a container without an image', containers({ name: 'app' }), /^Container.image should not/],
  ['two containers of one name', containers(app, app), /Duplicate container name: app/],
  ['no essential container', containers(sidecar), /at least one essential container/],
  [
    'a dependency that does not exist',
    containers({ ...app, dependsOn: [{ containerName: 'db', condition: 'START' }] }),
    /Cannot depend on container \+ 'db' because it does not exist/,
  ],
  [
    'waiting for an essential container to end',
    containers(
      { ...app, dependsOn: [{ containerName: 'db', condition: 'SUCCESS' }] },
      { ...app, name: 'db' },
    ),
    /cannot be an essential container/,
  ],
  [
    'containers that wait for each other',
    containers(
      { ...app, dependsOn: [{ containerName: 'db', condition: 'START' }] },
      { ...app, name: 'db', dependsOn: [{ containerName: 'app', condition: 'START' }] },
    ),
    /must not be cyclic/,
  ],
  [
    'waiting for the health of a container without a health check',
    containers(
      { ...app, dependsOn: [{ containerName: 'sidecar', condition: 'HEALTHY' }] },
      sidecar,
    ),
    /must have health check configured/,
  ],
])('refuses %s', (_, request, message) => {
  expect(() => checkTaskDefinition(request)).toThrow(message);
  expect(() => checkTaskDefinition(request)).toThrow(
    expect.objectContaining({ code: 'ClientException' }),
  );
});

it.each<[string, TaskDefinitionRequest]>([
  ['the smallest task of Fargate', onFargate],
  [
    'logs and secrets with an execution role',
    {
      ...onFargate,
      executionRoleArn,
      ...containers({
        ...app,
        logConfiguration: awslogs,
        secrets: [{ name: 'KEY', valueFrom: '/key' }],
        stopTimeout: 120,
      }),
    },
  ],
  ['ten minutes to stop on EC2', containers({ ...app, stopTimeout: 600 })],
  [
    'waiting for a sidecar',
    containers(
      { ...app, dependsOn: [{ containerName: 'sidecar', condition: 'SUCCESS' }] },
      sidecar,
    ),
  ],
])('accepts %s', (_, request) => {
  expect(() => checkTaskDefinition(request)).not.toThrow();
});
