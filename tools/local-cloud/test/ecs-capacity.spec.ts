import {
  CreateCapacityProviderCommand,
  CreateClusterCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs';
import { deploying, good, guarded } from './deploying';
import { serverProgram } from './process-image';
import { eventually, runCloud, type RunningCloud } from './running-cloud';

jest.setTimeout(60_000);

const cluster = 'clarity-test';
const onGpuHosts = { capacityProviderStrategy: [{ capacityProvider: 'gpu', base: 0, weight: 1 }] };
const gpu = { resourceRequirements: [{ type: 'GPU' as const, value: '1' }] };
let running: RunningCloud;

const autoScaling = (parameters: Readonly<Record<string, string>>) =>
  running.query({ service: 'autoscaling', region: 'us-east-1', version: '2011-01-01' }, parameters);

beforeAll(async () => {
  running = await runCloud();
  await running.ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  await autoScaling({
    Action: 'CreateLaunchConfiguration',
    LaunchConfigurationName: 'gpu',
    ImageId: 'ami-12c6146b',
    InstanceType: 'g5.xlarge',
  });
  await autoScaling({
    Action: 'CreateAutoScalingGroup',
    AutoScalingGroupName: 'gpu',
    LaunchConfigurationName: 'gpu',
    MinSize: '0',
    MaxSize: '1',
    'AvailabilityZones.member.1': 'us-east-1a',
  });
  const described = await autoScaling({ Action: 'DescribeAutoScalingGroups' });
  const autoScalingGroupArn = /<AutoScalingGroupARN>([^<]+)/.exec(described)?.[1];
  await running.ecs.send(
    new CreateCapacityProviderCommand({
      name: 'gpu',
      autoScalingGroupProvider: { autoScalingGroupArn },
    }),
  );
});
afterAll(() => running.stop());

it('stops the old task of a GPU host before the new one starts, at 0 and 100 percent', async () => {
  const service = deploying(running, cluster, 'in-place');
  const deploymentConfiguration = { ...guarded, minimumHealthyPercent: 0, maximumPercent: 100 };
  await service.create(await service.register(good, gpu), {
    ...onGpuHosts,
    deploymentConfiguration,
  });
  await service.until(['SUCCESSFUL']);
  const [old] = await service.tasks('RUNNING');
  expect(old?.capacityProviderName).toBe('gpu');
  const next = await service.update(await service.register(serverProgram('next'), gpu));
  await service.until(['SUCCESSFUL'], next);
  const [before] = await service.tasks('STOPPED');
  const [after] = await service.tasks('RUNNING');
  expect(after?.createdAt?.getTime()).toBeGreaterThanOrEqual(before?.stoppedAt?.getTime() ?? 0);
  await service.remove();
});

it('says that no host has room, and goes back, where the old task may not stop first', async () => {
  const service = deploying(running, cluster, 'no-room');
  await service.create(await service.register(good, gpu), onGpuHosts);
  await service.until(['SUCCESSFUL']);
  const next = await service.update(await service.register(serverProgram('next'), gpu));
  await service.until(['ROLLBACK_SUCCESSFUL'], next);
  expect((await service.said()).join()).toContain(
    'was unable to place a task because no container instance met all of its requirements.',
  );
  await service.remove();
});

it('replaces a task that somebody stops, and does not hold it against the deployment', async () => {
  const service = deploying(running, cluster, 'stop-task');
  await service.create(await service.register(good));
  const [task] = await eventually(
    () => service.tasks('RUNNING'),
    ([first]) => first?.lastStatus === 'RUNNING',
  );
  await running.ecs.send(new StopTaskCommand({ cluster, task: task?.taskArn, reason: 'test' }));
  const { deploymentCircuitBreaker } = await service.until(['SUCCESSFUL']);
  expect(deploymentCircuitBreaker?.failureCount).toBe(0);
  expect(await service.tasks('STOPPED')).toMatchObject([
    {
      stopCode: 'UserInitiated',
      stoppedReason: 'test',
      containers: [{ exitCode: expect.any(Number) as number }],
    },
  ]);
  await service.remove();
});
