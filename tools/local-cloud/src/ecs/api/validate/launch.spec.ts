import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { checkLaunch, type Launch } from './launch';

const awsvpc: TaskDefinition = {
  status: 'ACTIVE',
  networkMode: 'awsvpc',
  cpu: '256',
  memory: '512',
  containerDefinitions: [{ name: 'app' }],
};
const bridge: TaskDefinition = { ...awsvpc, networkMode: 'bridge' };
const network = { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } } };
const onFargate: Launch = { ...network, launchType: 'FARGATE' };
const strategy = { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }] };
const gpu = { resourceRequirements: [{ type: 'GPU' as const, value: '1' }] };
const noFargate = 'Task definition does not support launch_type FARGATE.';

it.each<[string, TaskDefinition, Launch, string, string]>([
  [
    'an inactive definition',
    { ...awsvpc, status: 'INACTIVE' },
    network,
    'ClientException',
    'TaskDefinition is inactive',
  ],
  ['bridge on Fargate', bridge, { launchType: 'FARGATE' }, 'InvalidParameterException', noFargate],
  ['bridge on Fargate Spot', bridge, strategy, 'InvalidParameterException', noFargate],
  [
    'a size that Fargate lacks',
    { ...awsvpc, cpu: '300' },
    onFargate,
    'InvalidParameterException',
    noFargate,
  ],
  [
    'a GPU on Fargate',
    { ...awsvpc, containerDefinitions: [gpu] },
    onFargate,
    'InvalidParameterException',
    noFargate,
  ],
  [
    'a launch type that the emulator lacks',
    bridge,
    { launchType: 'MANAGED_INSTANCES' },
    'UnsupportedFeatureException',
    'launchType = MANAGED_INSTANCES is not supported by the embedded AWS.',
  ],
  [
    'awsvpc without a network',
    awsvpc,
    {},
    'InvalidParameterException',
    "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
  ],
  [
    'awsvpc without a subnet',
    awsvpc,
    { networkConfiguration: { awsvpcConfiguration: { subnets: [] } } },
    'InvalidParameterException',
    'subnets can not be empty.',
  ],
  [
    'a network for bridge',
    bridge,
    network,
    'InvalidParameterException',
    'Network Configuration is not valid for the given networkMode of this task definition.',
  ],
  [
    'a launch type that does not exist',
    bridge,
    { launchType: 'MOON' },
    'ClientException',
    'launch type should be one of [EC2,FARGATE,EXTERNAL]',
  ],
  [
    'a launch type and a strategy',
    awsvpc,
    { ...onFargate, ...strategy },
    'InvalidParameterException',
    'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
  ],
])('refuses %s', (_, definition, launch, code, message) => {
  expect(() => checkLaunch(definition, launch)).toThrow(expect.objectContaining({ code, message }));
});

it.each<[string, TaskDefinition, Launch]>([
  ['Fargate', awsvpc, onFargate],
  ['Fargate Spot', awsvpc, { ...network, ...strategy }],
  ['EC2 with bridge', bridge, { launchType: 'EC2' }],
  ['EC2 with awsvpc, without a size', { networkMode: 'awsvpc' }, { ...network, launchType: 'EC2' }],
])('accepts %s', (_, definition, launch) => {
  expect(() => checkLaunch(definition, launch)).not.toThrow();
});
