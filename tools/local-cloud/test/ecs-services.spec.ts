import { readFileSync } from 'node:fs';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteClusterCommand,
  DeleteServiceCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListServiceDeploymentsCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
  TagResourceCommand,
  UpdateServiceCommand,
  type ContainerDefinition,
  type RegisterTaskDefinitionCommandInput,
  type Service,
} from '@aws-sdk/client-ecs';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { jsonCaller } from '../src/moto/aws-json';
import { registerInstance } from './container-instance';
import { serverProgram, writeImage } from './process-image';
import { taskRole } from './task-role';
import { isAlive } from '@clarity/host';
import type { TaskRow } from '../src/contract';
import { eventually, runCloud, type RunningCloud } from './running-cloud';

jest.setTimeout(60_000);

let running: RunningCloud;
const cluster = 'clarity-test';
let executionRoleArn: string;

beforeAll(async () => {
  running = await runCloud();
  const actions = ['logs:Create*', 'secretsmanager:GetSecretValue', 'ssm:GetParameters'];
  executionRoleArn = await taskRole(running, 'execution', actions);
  await running.ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  await registerInstance(running, cluster);
});
afterAll(() => running.stop());

const program = (version: string) =>
  writeImage(running.imageStore, `app-${version}`, serverProgram(version));

async function register(
  family: string,
  containers: ContainerDefinition[],
  settings: Partial<RegisterTaskDefinitionCommandInput> = {},
): Promise<string> {
  const { taskDefinition } = await running.ecs.send(
    new RegisterTaskDefinitionCommand({
      family,
      containerDefinitions: containers,
      executionRoleArn,
      ...settings,
    }),
  );
  return taskDefinition?.taskDefinitionArn ?? '';
}

async function serviceNamed(name: string): Promise<Service> {
  const { services } = await running.ecs.send(
    new DescribeServicesCommand({ cluster, services: [name] }),
  );
  const [service] = services ?? [];
  if (!service) throw new Error(`no service ${name}`);
  return service;
}

const steady = (name: string) =>
  eventually(
    () => serviceNamed(name),
    (service) =>
      service.deployments?.length === 1 && service.deployments[0]?.rolloutState === 'COMPLETED',
  );

const remove = async (name: string) => {
  await running.ecs.send(new DeleteServiceCommand({ cluster, service: name, force: true }));
  await eventually(
    () => serviceNamed(name),
    (service) => service.status === 'INACTIVE',
  );
};

const tasksOf = async (name: string) =>
  (await running.page<TaskRow[]>('/_local/tasks')).filter(
    (task) => task.group === `service:${name}` && task.lastStatus === 'RUNNING',
  );

interface LogEvent {
  readonly logStreamName: string;
  readonly message: string;
}

async function logEvents(logGroupName: string): Promise<readonly LogEvent[]> {
  const call = jsonCaller(running.cloud.endpoint);
  const target = 'Logs_20140328.FilterLogEvents';
  const { events } = await call<{ events: LogEvent[] }>(
    { service: 'logs', region: 'us-east-1', target },
    { logGroupName },
  ).catch(() => ({ events: [] }));
  return events;
}

describe('a service', () => {
  it('runs its task with image, environment, secrets and a port of its own', async () => {
    const { clientSettings } = running;
    const secret = await new SecretsManagerClient(clientSettings).send(
      new CreateSecretCommand({
        Name: 'cursor',
        SecretString: JSON.stringify({ key: 'from-json', other: 1 }),
      }),
    );
    await new SSMClient(clientSettings).send(
      new PutParameterCommand({ Name: '/clarity/x', Value: 'from-ssm', Type: 'SecureString' }),
    );
    process.env['LEAKED_FROM_PARENT'] = 'yes';
    const taskDefinition = await register('plain', [
      {
        name: 'app',
        image: program('env'),
        memory: 64,
        portMappings: [{ containerPort: 8080 }],
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': '/clarity/plain',
            'awslogs-create-group': 'true',
            'awslogs-stream-prefix': 'ecs',
          },
        },
        environment: [{ name: 'TABLE_NAME', value: 'health' }],
        secrets: [
          { name: 'CURSOR_KEY', valueFrom: `${secret.ARN ?? ''}:key::` },
          { name: 'WHOLE', valueFrom: secret.ARN ?? '' },
          { name: 'FROM_SSM', valueFrom: '/clarity/x' },
        ],
        healthCheck: { command: ['CMD-SHELL', 'test -f main.js'], interval: 5 },
      },
      { name: 'collector', image: 'otel/collector:latest', memory: 64, essential: false },
    ]);
    await running.ecs.send(
      new CreateServiceCommand({ cluster, serviceName: 'plain', taskDefinition, desiredCount: 1 }),
    );
    await steady('plain');
    const [task] = await tasksOf('plain');
    expect(task?.healthStatus).toBe('HEALTHY');
    const port = task?.containers[0]?.ports['8080'];
    // Without a health check a task counts as healthy before its program listens.
    const answer = await eventually(
      () => fetch(`http://127.0.0.1:${port ?? 0}/`).catch(() => undefined),
      (response) => response !== undefined,
    );
    const { env } = (await answer?.json()) as { env: Record<string, string> };
    expect(env).toMatchObject({
      TABLE_NAME: 'health',
      CURSOR_KEY: 'from-json',
      FROM_SSM: 'from-ssm',
      HOST: '127.0.0.1',
      PORT: String(port),
      AWS_ENDPOINT_URL: running.cloud.endpoint,
      AWS_REGION: 'us-east-1',
    });
    expect(JSON.parse(env['WHOLE'] ?? '')).toEqual({ key: 'from-json', other: 1 });
    expect(env).not.toHaveProperty('LEAKED_FROM_PARENT');
    const log = await eventually(
      async () => readFileSync(task?.log ?? '', 'utf8'),
      (text) => text.includes('[app] listening env'),
    );
    expect(log).toContain('[collector] local-cloud: not run');
    const id = task?.taskArn.split('/').pop() ?? '';
    const shipped = await eventually(
      () => logEvents('/clarity/plain'),
      (events) => events.length > 0,
    );
    expect(shipped).toMatchObject([{ logStreamName: `ecs/app/${id}`, message: 'listening env' }]);
    await remove('plain');
    expect(isAlive(task?.containers[0]?.pid ?? 0)).toBe(false);
  });

  it('gets a new task when one dies', async () => {
    const taskDefinition = await register('dying', [
      { name: 'app', image: program('dying'), memory: 64 },
    ]);
    await running.ecs.send(
      new CreateServiceCommand({ cluster, serviceName: 'dying', taskDefinition, desiredCount: 1 }),
    );
    await steady('dying');
    const [first] = await tasksOf('dying');
    process.kill(first?.containers[0]?.pid ?? 0, 'SIGKILL');
    const [second] = await eventually(
      () => tasksOf('dying'),
      (tasks) => tasks.some((task) => task.taskArn !== first?.taskArn),
    );
    expect(second?.taskArn).not.toBe(first?.taskArn);
    const { tasks } = await running.ecs.send(
      new DescribeTasksCommand({ cluster, tasks: [first?.taskArn ?? ''] }),
    );
    expect(tasks?.[0]).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{ exitCode: 137 }],
    });
    await remove('dying');
  });

  it('says so when its image or its secret is not there', async () => {
    const missing = `registry.test/app@sha256:${'0'.repeat(64)}`;
    const taskDefinition = await register('missing', [{ name: 'app', image: missing, memory: 64 }]);
    await running.ecs.send(
      new CreateServiceCommand({
        cluster,
        serviceName: 'missing',
        taskDefinition,
        desiredCount: 1,
      }),
    );
    const reasons = async () =>
      (await running.page<TaskRow[]>('/_local/tasks'))
        .filter((task) => task.group === 'service:missing')
        .map((task) => task.stoppedReason);
    const [reason] = await eventually(reasons, ([first]) => first !== undefined);
    expect(reason).toMatch(
      /^CannotPullContainerError: .* registry\.test\/app@sha256:0+: not found$/,
    );
    const noSecret = await register('missing', [
      {
        name: 'app',
        image: program('missing'),
        memory: 64,
        secrets: [{ name: 'KEY', valueFrom: '/not/there' }],
      },
    ]);
    await running.ecs.send(
      new UpdateServiceCommand({ cluster, service: 'missing', taskDefinition: noSecret }),
    );
    await eventually(reasons, (all) =>
      all.some((each) => each?.startsWith('ResourceInitializationError: ')),
    );
    expect((await serviceNamed('missing')).deployments?.[0]?.rolloutState).toBe('IN_PROGRESS');
    await remove('missing');
  });

  it('echoes what it was given, keeps tags, and lists its deployments and revisions', async () => {
    const [subnet = ''] = await running.subnets();
    const taskDefinition = await register(
      'echo',
      [{ name: 'app', image: program('echo'), memory: 64 }],
      { networkMode: 'awsvpc', cpu: '256', memory: '512' },
    );
    const given = {
      capacityProviderStrategy: [
        { capacityProvider: 'FARGATE', base: 1, weight: 1 },
        { capacityProvider: 'FARGATE_SPOT', base: 0, weight: 3 },
      ],
      deploymentConfiguration: {
        deploymentCircuitBreaker: { enable: true, rollback: true },
        maximumPercent: 200,
        minimumHealthyPercent: 50,
        alarms: { alarmNames: ['api-5xx'], enable: true, rollback: true },
      },
      enableECSManagedTags: true,
      enableExecuteCommand: true,
      propagateTags: 'SERVICE' as const,
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: [subnet],
          assignPublicIp: 'DISABLED' as const,
        },
      },
      deploymentController: { type: 'ECS' as const },
    };
    const { service: created } = await running.ecs.send(
      new CreateServiceCommand({
        cluster,
        serviceName: 'echo',
        taskDefinition,
        desiredCount: 4,
        tags: [{ key: 'Project', value: 'clarity' }],
        ...given,
      }),
    );
    expect(created).toMatchObject({ ...given, status: 'ACTIVE', desiredCount: 4, taskDefinition });
    expect(created?.launchType).toBeUndefined();
    expect(created?.createdAt).toBeInstanceOf(Date);
    const service = await steady('echo');
    const { taskArns = [] } = await running.ecs.send(
      new ListTasksCommand({ cluster, serviceName: 'echo' }),
    );
    const { tasks = [] } = await running.ecs.send(
      new DescribeTasksCommand({ cluster, tasks: taskArns, include: ['TAGS'] }),
    );
    expect(tasks.map((task) => task.capacityProviderName).sort()).toEqual([
      'FARGATE',
      'FARGATE_SPOT',
      'FARGATE_SPOT',
      'FARGATE_SPOT',
    ]);
    expect(tasks[0]?.tags).toContainEqual({ key: 'Project', value: 'clarity' });

    const resourceArn = service.serviceArn ?? '';
    await running.ecs.send(
      new TagResourceCommand({ resourceArn, tags: [{ key: 'Environment', value: 'test' }] }),
    );
    const { tags } = await running.ecs.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags).toHaveLength(2);

    const { serviceDeployments: [listed] = [] } = await running.ecs.send(
      new ListServiceDeploymentsCommand({ cluster, service: 'echo', status: ['SUCCESSFUL'] }),
    );
    const { serviceDeployments: [described] = [] } = await running.ecs.send(
      new DescribeServiceDeploymentsCommand({
        serviceDeploymentArns: [listed?.serviceDeploymentArn ?? ''],
      }),
    );
    expect(described).toMatchObject({
      status: 'SUCCESSFUL',
      targetServiceRevision: { requestedTaskCount: 4, runningTaskCount: 4 },
    });
    const { serviceRevisions: [revision] = [] } = await running.ecs.send(
      new DescribeServiceRevisionsCommand({
        serviceRevisionArns: [described?.targetServiceRevision?.arn ?? ''],
      }),
    );
    expect(revision?.taskDefinition).toBe(taskDefinition);
    await expect(running.ecs.send(new DeleteClusterCommand({ cluster }))).rejects.toMatchObject({
      name: 'ClusterContainsServicesException',
    });
    await remove('echo');
  });

  it("answers with AWS's own errors", async () => {
    const send = running.ecs.send.bind(running.ecs);
    await expect(
      send(new UpdateServiceCommand({ cluster, service: 'nobody' })),
    ).rejects.toMatchObject({ name: 'ServiceNotFoundException' });
    await expect(
      send(new CreateServiceCommand({ cluster: 'none', serviceName: 'x', taskDefinition: 'x' })),
    ).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
    await expect(
      send(
        new CreateServiceCommand({
          cluster,
          serviceName: 'x',
          taskDefinition: 'none:1',
          desiredCount: 1,
        }),
      ),
    ).rejects.toMatchObject({ name: 'ClientException' });
    await expect(
      send(new CreateServiceCommand({ cluster, serviceName: 'x', desiredCount: -1 })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(send(new DescribeTasksCommand({ cluster, tasks: [] }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Tasks cannot be empty.',
    });
    const { failures } = await send(new DescribeServicesCommand({ cluster, services: ['nobody'] }));
    const arn = 'arn:aws:ecs:us-east-1:123456789012:service/nobody';
    expect(failures).toEqual([{ arn, reason: 'MISSING' }]);
    const { serviceArns } = await send(new ListServicesCommand({ cluster }));
    expect(serviceArns).toEqual([]);
  });
});

describe('a task of its own', () => {
  it('runs with its overrides to the end, or until it is stopped', async () => {
    const image = writeImage(
      running.imageStore,
      'once',
      `console.log(process.argv[2], process.env.MODE);
       if (process.argv[2] === 'wait') setInterval(() => {}, 1000);`,
    );
    const taskDefinition = await register('once', [{ name: 'job', image, memory: 64 }]);
    const run = async (argument: string) => {
      const { tasks } = await running.ecs.send(
        new RunTaskCommand({
          cluster,
          taskDefinition,
          overrides: {
            containerOverrides: [
              {
                name: 'job',
                command: ['node', 'main.js', argument],
                environment: [{ name: 'MODE', value: 'batch' }],
              },
            ],
          },
        }),
      );
      return tasks?.[0]?.taskArn ?? '';
    };
    const described = async (arn: string) => {
      const { tasks } = await running.ecs.send(new DescribeTasksCommand({ cluster, tasks: [arn] }));
      return tasks?.[0];
    };
    const finished = await run('now');
    const done = await eventually(
      () => described(finished),
      (task) => task?.lastStatus === 'STOPPED',
    );
    expect(done?.containers?.[0]?.exitCode).toBe(0);
    const page = await running.page<TaskRow[]>('/_local/tasks');
    const log = page.find((task) => task.taskArn === finished)?.log ?? '';
    expect(readFileSync(log, 'utf8')).toBe('now batch\n');

    const waiting = await run('wait');
    await eventually(
      () => described(waiting),
      (task) => task?.lastStatus === 'RUNNING',
    );
    await running.ecs.send(new StopTaskCommand({ cluster, task: waiting, reason: 'enough' }));
    const stopped = await eventually(
      () => described(waiting),
      (task) => task?.lastStatus === 'STOPPED',
    );
    expect(stopped).toMatchObject({ stopCode: 'UserInitiated', stoppedReason: 'enough' });
  });
});
