import {
  CreateClusterCommand,
  CreateServiceCommand,
  CreateTaskSetCommand,
  DeregisterTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  UpdateServiceCommand,
  type CreateServiceCommandInput,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { deploying, good } from './deploying';
import { runCloud, type RunningCloud } from './running-cloud';

jest.setTimeout(60_000);

const cluster = 'clarity-test';
let running: RunningCloud;

beforeAll(async () => {
  running = await runCloud();
  await running.ecs.send(new CreateClusterCommand({ clusterName: cluster }));
});
afterAll(() => running.stop());

async function register(settings: Partial<RegisterTaskDefinitionCommandInput> = {}) {
  const { taskDefinition } = await running.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'app',
      containerDefinitions: [{ name: 'app', image: 'app', memory: 64 }],
      ...settings,
    }),
  );
  return taskDefinition?.taskDefinitionArn ?? '';
}

const create = (taskDefinition: string, settings: Partial<CreateServiceCommandInput> = {}) =>
  running.ecs.send(
    new CreateServiceCommand({
      cluster,
      serviceName: 'app',
      taskDefinition,
      desiredCount: 0,
      ...settings,
    }),
  );

it('registers no task definition that ECS refuses', async () => {
  await expect(
    register({
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '300',
      memory: '512',
    }),
  ).rejects.toMatchObject({
    name: 'ClientException',
    message: 'No Fargate configuration exists for given values.',
  });
});

it.each([
  [
    { subnets: ['subnet-missing'] },
    "Error retrieving subnet information for [subnet-missing]: The subnet ID 'subnet-missing' does not exist (ErrorCode: InvalidSubnetID.NotFound)",
  ],
  [{ subnets: [], securityGroups: [] }, 'subnets can not be empty.'],
  [
    { subnets: ['the first'], securityGroups: ['sg-missing'] },
    "Error retrieving security group information for [sg-missing]: The security group 'sg-missing' does not exist (ErrorCode: InvalidGroup.NotFound)",
  ],
])('creates no service in the network %j', async (awsvpcConfiguration, message) => {
  const taskDefinition = await register({ networkMode: 'awsvpc' });
  const [first = ''] = await running.subnets();
  const subnets = awsvpcConfiguration.subnets.map((id) => (id === 'the first' ? first : id));
  await expect(
    create(taskDefinition, {
      networkConfiguration: { awsvpcConfiguration: { ...awsvpcConfiguration, subnets } },
    }),
  ).rejects.toMatchObject({ name: 'InvalidParameterException', message });
});

it('starts nothing of an inactive task definition', async () => {
  const service = deploying(running, cluster, 'inactive');
  await service.create(await service.register(good), { desiredCount: 0 });
  const taskDefinition = await register();
  await running.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
  const refusal = { name: 'ClientException', message: 'TaskDefinition is inactive' };
  await expect(create(taskDefinition)).rejects.toMatchObject(refusal);
  await expect(service.update(taskDefinition)).rejects.toMatchObject(refusal);
  await expect(
    running.ecs.send(new RunTaskCommand({ cluster, taskDefinition })),
  ).rejects.toMatchObject(refusal);
  await service.remove();
});

it('keeps a service whose task definition has become inactive, as long as nothing new is rolled out', async () => {
  const service = deploying(running, cluster, 'kept');
  const taskDefinition = await service.register(good);
  await service.create(taskDefinition, { desiredCount: 0 });
  await running.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
  const scale = new UpdateServiceCommand({ cluster, service: 'kept', desiredCount: 1 });
  const { service: scaled } = await running.ecs.send(scale);
  expect(scaled?.desiredCount).toBe(1);
  await service.remove();
});

it('names what it does not support', async () => {
  const deploymentController = { type: 'CODE_DEPLOY' as const };
  await expect(create(await register(), { deploymentController })).rejects.toMatchObject({
    name: 'UnsupportedFeatureException',
    message: 'deploymentController.type = CODE_DEPLOY is not supported by the embedded AWS.',
  });
  const taskSet = new CreateTaskSetCommand({ cluster, service: 'app', taskDefinition: 'app' });
  await expect(running.ecs.send(taskSet)).rejects.toMatchObject({
    message: 'CreateTaskSet is not supported by the embedded AWS.',
  });
});
