import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeClustersCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import { isAlive } from '@clarity/host';
import type { TaskRow } from '../src/contract';
import { registerInstance } from './container-instance';
import { deploying, good } from './deploying';
import { eventually, runCloud, type RunningCloud } from './running-cloud';

jest.setTimeout(90_000);

const cluster = 'clarity-test';
let running: RunningCloud;

beforeAll(async () => {
  running = await runCloud(60);
  await running.ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  await registerInstance(running, cluster);
});
afterAll(() => running.stop());

it('identifies a deployment as its service revision, and fills in what ECS always returns', async () => {
  const service = deploying(running, cluster, 'defaults');
  await service.create(await service.register(good));
  const { deployments, deploymentController, deploymentConfiguration } = await service.service();
  const [, number = 'none'] = (deployments?.[0]?.id ?? '').split('/');
  const { targetServiceRevision } = await service.deployment();
  expect(targetServiceRevision?.arn?.endsWith(`/${number}`)).toBe(true);
  expect(deploymentController).toEqual({ type: 'ECS' });
  expect(deploymentConfiguration).toMatchObject({ strategy: 'ROLLING', bakeTimeInMinutes: 0 });
  await service.until(['SUCCESSFUL']);
  const { clusters } = await running.ecs.send(new DescribeClustersCommand({ clusters: [cluster] }));
  expect(clusters).toMatchObject([
    { clusterName: cluster, runningTasksCount: 1, pendingTasksCount: 0, activeServicesCount: 1 },
  ]);
  await service.remove();
});

it('creates a service before anything has happened to it', async () => {
  const service = deploying(running, cluster, 'new');
  const taskDefinition = await service.register(good);
  const { service: created } = await running.ecs.send(
    new CreateServiceCommand({ cluster, serviceName: 'new', taskDefinition, desiredCount: 1 }),
  );
  expect(created).toMatchObject({ status: 'ACTIVE', desiredCount: 1, events: [] });
  await expect(
    running.ecs.send(new DeleteServiceCommand({ cluster, service: 'new' })),
  ).rejects.toThrow('The service cannot be stopped while it is scaled above 0.');
  await service.remove();
});

it('makes one service and one task for a request that is repeated', async () => {
  const service = deploying(running, cluster, 'once');
  const taskDefinition = await service.register(good);
  const create = () =>
    running.ecs.send(
      new CreateServiceCommand({
        cluster,
        serviceName: 'once',
        taskDefinition,
        desiredCount: 0,
        clientToken: 'create',
      }),
    );
  const [one, again] = [await create(), await create()];
  expect(again.service?.serviceArn).toBe(one.service?.serviceArn);
  const run = async (startedBy?: string) => {
    const request = { cluster, taskDefinition, clientToken: 'run', startedBy };
    const { tasks = [] } = await running.ecs.send(new RunTaskCommand(request));
    return tasks[0]?.taskArn;
  };
  expect(await run()).toBe(await run());
  await expect(run('somebody')).rejects.toMatchObject({ name: 'ConflictException' });
  await service.remove();
});

it.each([
  [
    'no-program',
    'CannotStartContainerError: ',
    'Task failed to start',
    { command: ['no-such-program'] },
  ],
  [
    'no-image',
    'CannotPullContainerError: ',
    'CannotPullContainerError: ',
    { image: `123456789012.dkr.ecr.us-east-1.amazonaws.com/app@sha256:${'0'.repeat(64)}` },
  ],
])(
  'of service %s, gives %s as the reason of the container',
  async (name, reason, stoppedReason, container) => {
    const service = deploying(running, cluster, name);
    await service.create(await service.register(good, container));
    const [task] = await eventually(
      () => service.tasks('STOPPED'),
      ([first]) => first?.lastStatus === 'STOPPED',
    );
    expect(task?.stopCode).toBe('TaskFailedToStart');
    expect(task?.stoppedReason?.startsWith(stoppedReason)).toBe(true);
    expect(task?.containers?.[0]?.reason?.startsWith(reason)).toBe(true);
    await service.remove();
  },
);

it('forgets its services and ends their tasks when moto is reset', async () => {
  const service = deploying(running, cluster, 'forgotten');
  await service.create(await service.register(good));
  const isForgotten = ({ group, lastStatus }: TaskRow) =>
    group === 'service:forgotten' && lastStatus === 'RUNNING';
  const [task] = await eventually(
    () => running.page<TaskRow[]>('/_local/tasks'),
    (rows) => rows.some(isForgotten),
  ).then((rows) => rows.filter(isForgotten));
  await fetch(`${running.cloud.endpoint}/moto-api/reset`, { method: 'POST' });
  expect(await running.page<TaskRow[]>('/_local/tasks')).toEqual([]);
  expect(task?.pids).toHaveLength(1);
  expect(task?.pids.filter((pid) => isAlive(pid))).toEqual([]);
  await running.ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  await service.create(await service.register(good));
  await service.until(['SUCCESSFUL']);
  await service.remove();
});
