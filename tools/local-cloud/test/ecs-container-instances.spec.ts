import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteClusterCommand,
  DeregisterContainerInstanceCommand,
  DescribeContainerInstancesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  PutClusterCapacityProvidersCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
  UpdateContainerInstancesStateCommand,
  type ContainerDefinition,
  type ContainerInstance,
  type RunTaskCommandInput,
} from '@aws-sdk/client-ecs';
import { registerInstance } from './container-instance';
import { writeImage } from './process-image';
import { eventually, runCloud, type RunningCloud } from './running-cloud';

jest.setTimeout(90_000);

let running: RunningCloud;
let image: string;

beforeAll(async () => {
  running = await runCloud();
  image = writeImage(running.imageStore, 'idle', 'setInterval(() => {}, 1000);');
});
afterAll(() => running.stop());

/** A cluster of a test's own. */
async function newCluster(name: string): Promise<string> {
  await running.ecs.send(new CreateClusterCommand({ clusterName: name }));
  return name;
}

async function register(container: Partial<ContainerDefinition>): Promise<string> {
  const { taskDefinition } = await running.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'idle',
      containerDefinitions: [{ name: 'idle', image, cpu: 1024, memory: 400, ...container }],
    }),
  );
  return taskDefinition?.taskDefinitionArn ?? '';
}

const run = (
  cluster: string,
  taskDefinition: string,
  settings: Partial<RunTaskCommandInput> = {},
) => running.ecs.send(new RunTaskCommand({ cluster, taskDefinition, ...settings }));

async function describe(cluster: string, instance: string): Promise<ContainerInstance> {
  const { containerInstances: [found] = [] } = await running.ecs.send(
    new DescribeContainerInstancesCommand({ cluster, containerInstances: [instance] }),
  );
  if (!found) throw new Error(`no container instance ${instance}`);
  return found;
}

const left = ({ remainingResources = [] }: ContainerInstance) =>
  Object.fromEntries(
    remainingResources.map(({ name = '', type, integerValue, stringSetValue }) => [
      name,
      type === 'INTEGER' ? integerValue : stringSetValue,
    ]),
  );

it('reserves CPU, memory and ports until the task is STOPPED', async () => {
  const cluster = await newCluster('reserved');
  const instance = await registerInstance(running, cluster);
  const unused = left(await describe(cluster, instance));
  const taskDefinition = await register({
    memoryReservation: 300,
    portMappings: [{ containerPort: 8080, hostPort: 80 }],
  });
  const { tasks: [task] = [], failures } = await run(cluster, taskDefinition);
  expect(failures).toEqual([]);
  expect(task).toMatchObject({ launchType: 'EC2', containerInstanceArn: instance });
  const used = await eventually(
    () => describe(cluster, instance),
    ({ runningTasksCount }) => runningTasksCount === 1,
  );
  expect(used.pendingTasksCount).toBe(0);
  expect(left(used)).toEqual({
    ...unused,
    CPU: Number(unused['CPU']) - 1024,
    MEMORY: Number(unused['MEMORY']) - 300,
    PORTS: [...(unused['PORTS'] as string[]), '80'],
  });
  const listed = await running.ecs.send(
    new ListTasksCommand({ cluster, containerInstance: instance }),
  );
  expect(listed.taskArns).toEqual([task?.taskArn]);

  await running.ecs.send(new StopTaskCommand({ cluster, task: task?.taskArn }));
  const { tasks: [stopped] = [] } = await eventually(
    () => running.ecs.send(new DescribeTasksCommand({ cluster, tasks: [task?.taskArn ?? ''] })),
    ({ tasks }) => tasks?.[0]?.lastStatus === 'STOPPED',
  );
  expect(stopped?.containerInstanceArn).toBe(instance);
  const free = await describe(cluster, instance);
  expect(left(free)).toEqual(unused);
  expect(free.runningTasksCount).toBe(0);
});

it.each([
  ['CPU', { cpu: 3000 }],
  ['MEMORY', { cpu: 1, memory: 5000 }],
  ['PORTS', { cpu: 1, memory: 5, portMappings: [{ containerPort: 8080, hostPort: 80 }] }],
])('reports RESOURCE:%s for the task that finds no place', async (resource, container) => {
  const cluster = await newCluster(`full-${resource.toLowerCase()}`);
  const instance = await registerInstance(running, cluster);
  const taskDefinition = await register(container);
  const { tasks, failures } = await run(cluster, taskDefinition, { count: 2, launchType: 'EC2' });
  expect(tasks).toHaveLength(1);
  expect(failures).toEqual([{ arn: instance, reason: `RESOURCE:${resource}` }]);
});

it('goes to the next container instance if one is full, however many requests come at once', async () => {
  const cluster = await newCluster('two-hosts');
  const small = [
    { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
    { name: 'MEMORY', type: 'INTEGER', integerValue: 1000 },
  ];
  const hosts = [
    await registerInstance(running, cluster, small),
    await registerInstance(running, cluster, small),
  ];
  const taskDefinition = await register({});
  const answers = await Promise.all(Array.from({ length: 5 }, () => run(cluster, taskDefinition)));
  const placed = answers.flatMap(({ tasks = [] }) =>
    tasks.map((each) => each.containerInstanceArn),
  );
  expect([...placed].sort()).toEqual([...hosts, ...hosts].sort());
  const [failed] = answers.filter(({ tasks }) => tasks?.length === 0);
  expect(failed?.failures).toHaveLength(2);
  expect(failed?.failures).toEqual(
    expect.arrayContaining(hosts.map((arn) => ({ arn, reason: 'RESOURCE:CPU' }))),
  );
});

it('refuses tasks of a cluster without container instances that take any', async () => {
  const cluster = await newCluster('no-hosts');
  const taskDefinition = await register({});
  const refusal = {
    name: 'InvalidParameterException',
    message: 'No Container Instances were found in your cluster.',
  };
  await expect(run(cluster, taskDefinition)).rejects.toMatchObject(refusal);
  const instance = await registerInstance(running, cluster);
  const { containerInstances } = await running.ecs.send(
    new UpdateContainerInstancesStateCommand({
      cluster,
      containerInstances: [instance],
      status: 'DRAINING',
    }),
  );
  expect(containerInstances).toMatchObject([{ status: 'DRAINING', runningTasksCount: 0 }]);
  await expect(run(cluster, taskDefinition)).rejects.toMatchObject(refusal);
});

it('needs no container instance for the default strategy of the cluster', async () => {
  const cluster = await newCluster('serverless');
  await running.ecs.send(
    new PutClusterCapacityProvidersCommand({
      cluster,
      capacityProviders: ['FARGATE'],
      defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
    }),
  );
  const { taskDefinition } = await running.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'serverless',
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: 'idle', image }],
    }),
  );
  const arn = taskDefinition?.taskDefinitionArn ?? '';
  const awsvpcConfiguration = { subnets: [...(await running.subnets())].slice(0, 1) };
  const networkConfiguration = { awsvpcConfiguration };
  const { tasks } = await run(cluster, arn, { networkConfiguration });
  expect(tasks).toMatchObject([{ capacityProviderName: 'FARGATE' }]);
  const { service } = await running.ecs.send(
    new CreateServiceCommand({
      cluster,
      serviceName: 'serverless',
      desiredCount: 0,
      taskDefinition: arn,
      networkConfiguration,
    }),
  );
  expect(service?.capacityProviderStrategy).toMatchObject([{ capacityProvider: 'FARGATE' }]);
  expect(service?.launchType).toBeUndefined();
});

it('keeps a container instance with tasks, unless it is deregistered by force', async () => {
  const cluster = await newCluster('leaving');
  const containerInstance = await registerInstance(running, cluster);
  await run(cluster, await register({}));
  const deregister = (force: boolean) =>
    running.ecs.send(new DeregisterContainerInstanceCommand({ cluster, containerInstance, force }));
  await expect(deregister(false)).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'Found running tasks on the instance.',
  });
  await deregister(true);
  await expect(run(cluster, await register({}))).rejects.toThrow('No Container Instances');
});

it('stays with its cluster, which is not deleted before it is deregistered', async () => {
  const cluster = await newCluster('with-host');
  const containerInstance = await registerInstance(running, cluster);
  const remove = () => running.ecs.send(new DeleteClusterCommand({ cluster }));
  await expect(remove()).rejects.toMatchObject({
    name: 'ClusterContainsContainerInstancesException',
  });
  await running.ecs.send(
    new DeregisterContainerInstanceCommand({ cluster, containerInstance, force: true }),
  );
  await expect(remove()).resolves.toMatchObject({ cluster: { clusterName: cluster } });
});
