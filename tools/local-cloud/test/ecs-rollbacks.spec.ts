import { CreateClusterCommand, StopServiceDeploymentCommand } from '@aws-sdk/client-ecs';
import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { crashing, deploying, good, guarded } from './deploying';
import { serverProgram } from './process-image';
import { eventually, runCloud, type RunningCloud } from './running-cloud';

jest.setTimeout(90_000);

const cluster = 'clarity-test';
let running: RunningCloud;

beforeAll(async () => {
  // A minute of an alarm lasts a second.
  running = await runCloud(60);
  await running.ecs.send(new CreateClusterCommand({ clusterName: cluster }));
});
afterAll(() => running.stop());

it('rolls a crashing image back with the reason that AWS gives', async () => {
  const service = deploying(running, cluster, 'crash');
  const first = await service.register(good);
  await service.create(first);
  const { targetServiceRevision: before } = await service.until(['SUCCESSFUL']);
  const [survivor] = await service.tasks('RUNNING');

  const broken = await service.register(crashing);
  const arn = await service.update(broken);
  const deployment = await service.until(['ROLLBACK_SUCCESSFUL'], arn);
  const reason =
    'Service deployment rolled back because the circuit breaker threshold was exceeded.';
  expect(deployment).toMatchObject({
    statusReason: reason,
    deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 },
    alarms: { status: 'DISABLED', alarmNames: [], triggeredAlarmNames: [] },
    rollback: { reason, serviceRevisionArn: before?.arn, startedAt: expect.any(Date) as Date },
    finishedAt: expect.any(Date) as Date,
    targetServiceRevision: { requestedTaskCount: 0, runningTaskCount: 0 },
  });

  const described = await service.service();
  expect(described).toMatchObject({ taskDefinition: first, runningCount: 1, pendingCount: 0 });
  expect(described.deployments).toMatchObject([
    { status: 'PRIMARY', taskDefinition: first, rolloutState: 'COMPLETED' },
  ]);
  const said = (await service.said()).toReversed();
  const told = (...words: (string | RegExp)[]) =>
    words.map((word) => said.findIndex((line) => new RegExp(word).test(line)));
  const places = told(
    '^\\(service crash\\) has started 1 tasks: \\(task [0-9a-f]{32}\\)\\.$',
    '^\\(service crash\\) \\(deployment ecs-svc/\\d{19}\\) deployment failed: tasks failed to start\\.$',
    '^\\(service crash\\) rolling back to deployment ecs-svc/\\d{19}\\.$',
  );
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(said.at(-1)).toBe('(service crash) has reached a steady state.');

  const stopped = await service.tasks('STOPPED');
  expect(stopped).toHaveLength(3);
  expect(stopped[0]).toMatchObject({
    taskDefinitionArn: broken,
    lastStatus: 'STOPPED',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    containers: [{ name: 'app', exitCode: 78 }],
  });
  expect((await service.tasks('RUNNING')).map(({ taskArn }) => taskArn)).toEqual([
    survivor?.taskArn,
  ]);
  const timeline =
    await running.page<{ service: string; revision: string; readyAt?: number }[]>(
      '/_local/timeline',
    );
  const lives = timeline.filter((row) => row.service === 'crash');
  expect(lives.map(({ revision }) => revision)).toEqual(['crash:1', ...Array(3).fill('crash:2')]);
  expect(lives[0]?.readyAt).toEqual(expect.any(Number));
  await service.remove();
});

it.each([
  ['with a container check', { healthCheck: { command: ['CMD', 'true'], interval: 10 } }],
  ['without a check', {}],
])('rolls an image back that crashes a second after its start, %s', async (_, container) => {
  const service = deploying(running, cluster, 'early');
  await service.create(await service.register(good, container));
  await service.until(['SUCCESSFUL']);
  const crashes = 'setTimeout(() => process.exit(1), 1_000);';
  const arn = await service.update(await service.register(crashes, container));
  const { status, deploymentCircuitBreaker } = await service.until(
    ['SUCCESSFUL', 'ROLLBACK_SUCCESSFUL'],
    arn,
  );
  expect(status).toBe('ROLLBACK_SUCCESSFUL');
  expect(deploymentCircuitBreaker?.failureCount).toBe(3);
  await service.remove();
});

it('rolls an image back that never gets healthy, while the old task serves', async () => {
  const service = deploying(running, cluster, 'sick');
  await service.create(await service.register(good));
  await service.until(['SUCCESSFUL']);
  const healthCheck = { command: ['CMD-SHELL', 'exit 1'], interval: 5, retries: 1, timeout: 2 };
  const arn = await service.update(await service.register(good, { healthCheck }));
  const { deploymentCircuitBreaker } = await service.until(['ROLLBACK_SUCCESSFUL'], arn);
  expect(deploymentCircuitBreaker).toMatchObject({ status: 'TRIGGERED', failureCount: 3 });
  expect((await service.said()).join()).toMatch(/\(task \w+\) failed container health checks\./);
  expect(await service.tasks('STOPPED')).toContainEqual(
    expect.objectContaining({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Task failed container health checks',
      healthStatus: 'UNHEALTHY',
    }),
  );
  await service.remove();
});

it('has nowhere to roll back to if nothing ever ran, and recovers with the next update', async () => {
  const service = deploying(running, cluster, 'first');
  await service.create(await service.register(crashing));
  const { statusReason } = await service.until(['ROLLBACK_FAILED']);
  expect(statusReason).toBe('No rollback candidate was found to run the rollback.');
  expect((await service.service()).deployments).toMatchObject([
    {
      rolloutState: 'FAILED',
      rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
    },
  ]);
  await service.until(['SUCCESSFUL'], await service.update(await service.register(good)));
  await service.remove();
});

describe('a deployment that somebody stops', () => {
  /** Runs, but is not healthy for a long time. */
  const healthCheck = { command: ['CMD-SHELL', 'exit 1'], interval: 60, retries: 10 };

  it('goes back', async () => {
    const service = deploying(running, cluster, 'stopped');
    const first = await service.register(good);
    await service.create(first);
    await service.until(['SUCCESSFUL']);
    const send = (serviceDeploymentArn: string, stopType: 'ROLLBACK' | 'ABORT') =>
      running.ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn, stopType }));

    const slow = await service.update(await service.register(good, { healthCheck }));
    await service.until(['IN_PROGRESS'], slow);
    await expect(send(slow, 'ABORT')).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Invalid stopType ABORT. The valid values are ROLLBACK.',
    });
    await send(slow, 'ROLLBACK');
    expect((await service.deployment(slow)).status).toMatch(/^ROLLBACK_(REQUESTED|IN_PROGRESS)$/);
    await send(slow, 'ROLLBACK');
    await service.until(['ROLLBACK_SUCCESSFUL'], slow);
    expect((await service.service()).taskDefinition).toBe(first);
    await expect(send(slow, 'ROLLBACK')).rejects.toMatchObject({ name: 'ConflictException' });
    await expect(send(`${slow}x`, 'ROLLBACK')).rejects.toMatchObject({
      name: 'ServiceDeploymentNotFoundException',
    });

    await service.remove();
  });

  it('is superseded by the next one', async () => {
    const service = deploying(running, cluster, 'superseded');
    await service.create(await service.register(good));
    await service.until(['SUCCESSFUL']);
    const slow = await service.update(await service.register(good, { healthCheck }));
    const next = await service.update(await service.register(serverProgram('next')));
    expect((await service.deployment(slow)).status).toBe('STOPPED');
    await service.until(['SUCCESSFUL'], next);
    await service.remove();
  });
});

it('rolls back on a deployment alarm, also when all the old tasks are gone', async () => {
  const cloudWatch = new CloudWatchClient(running.clientSettings);
  const alarm = (AlarmName: string) =>
    cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName,
        MetricName: 'Faults',
        Namespace: 'Clarity/Test',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 5,
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 0,
      }),
    );
  const turn = (AlarmName: string, StateValue: 'ALARM' | 'OK') =>
    cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'by hand' }));
  await Promise.all([alarm('5xx'), alarm('old-news')]);
  await turn('old-news', 'ALARM');

  const service = deploying(running, cluster, 'alarmed');
  const first = await service.register(good);
  await service.create(first);
  await service.until(['SUCCESSFUL']);
  await service.remove();
  const alarms = { alarmNames: ['5xx', 'old-news'], enable: true, rollback: true };
  await service.create(first, { deploymentConfiguration: { ...guarded, alarms } });
  const watched = await service.until(['SUCCESSFUL']);
  expect(watched.alarms).toMatchObject({ status: 'MONITORING_COMPLETE' });

  const arn = await service.update(await service.register(serverProgram('next')));
  // It bakes: only the new task is left, and the alarms may still go off.
  await eventually(
    () => service.tasks('RUNNING'),
    (tasks) => tasks.length === 1 && tasks[0]?.taskDefinitionArn !== first,
  );
  expect((await service.deployment(arn)).status).toBe('IN_PROGRESS');
  await turn('5xx', 'ALARM');
  const reason = 'Service deployment rolled back because of one or more active alarms.';
  expect(await service.until(['ROLLBACK_SUCCESSFUL'], arn)).toMatchObject({
    statusReason: reason,
    alarms: { status: 'TRIGGERED', alarmNames: alarms.alarmNames, triggeredAlarmNames: ['5xx'] },
    deploymentCircuitBreaker: { status: 'MONITORING_COMPLETE' },
  });
  expect((await service.said()).join()).toContain('deployment failed: alarm detected.');
  expect((await service.service()).taskDefinition).toBe(first);
  cloudWatch.destroy();
  await service.remove();
});

it('finishes a rollback while the AWS endpoint is down', async () => {
  const service = deploying(running, cluster, 'restarted');
  await service.create(await service.register(good));
  await service.until(['SUCCESSFUL']);
  const arn = await service.update(await service.register(crashing));
  await eventually(
    () => service.deployment(arn),
    ({ deploymentCircuitBreaker }) => (deploymentCircuitBreaker?.failureCount ?? 0) > 0,
  );
  await fetch(`${running.cloud.endpoint}/_local/faults`, {
    method: 'POST',
    body: JSON.stringify({ frontDownMs: 500 }),
  });
  const isUp = (expected: boolean) =>
    eventually(
      () =>
        running.page('/_local/health').then(
          () => true,
          () => false,
        ),
      (up) => up === expected,
    );
  await isUp(false);
  await isUp(true);
  await service.until(['ROLLBACK_SUCCESSFUL'], arn);
  expect(await service.tasks('RUNNING')).toHaveLength(1);
  expect(await service.tasks('STOPPED')).toHaveLength(3);
  await service.remove();
});
