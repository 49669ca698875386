import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  ListServiceDeploymentsCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  DescribeListenersCommand,
  CreateTargetGroupCommand,
  DescribeTargetHealthCommand,
  type RuleCondition,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { LoadBalancerRow, TrafficSecond } from '../src/contract';
import { serverProgram, writeImage } from './process-image';
import { eventually, runCloud, type RunningCloud } from './running-cloud';

jest.setTimeout(60_000);

const cluster = 'clarity-test';
let running: RunningCloud;
let targetGroupArn: string;
/** Ends the clients of a test, whatever became of it. */
let stop = true;

beforeAll(async () => {
  // A minute of CloudWatch lasts a second.
  running = await runCloud(60);
  const { ecs, elb } = running;
  await ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  const balancers = await elb.send(
    new CreateLoadBalancerCommand({ Name: 'api', Subnets: (await running.subnets()).slice(0, 2) }),
  );
  const groups = await elb.send(
    new CreateTargetGroupCommand({
      Name: 'api',
      Protocol: 'HTTP',
      Port: 8080,
      TargetType: 'instance',
      VpcId: balancers.LoadBalancers?.[0]?.VpcId,
      HealthCheckPath: '/livez',
      HealthCheckIntervalSeconds: 5,
      HealthCheckTimeoutSeconds: 2,
    }),
  );
  targetGroupArn = groups.TargetGroups?.[0]?.TargetGroupArn ?? '';
  const forward = { Type: 'forward' as const, TargetGroupArn: targetGroupArn };
  const LoadBalancerArn = balancers.LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [
        { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', Protocol: 'HTTPS' } },
      ],
    }),
  );
  await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn,
      Port: 8080,
      Protocol: 'HTTP',
      DefaultActions: [forward],
    }),
  );
});
afterEach(() => {
  stop = true;
});
afterAll(() => running.stop());

async function register(version: string, program = serverProgram(version)): Promise<string> {
  const { taskDefinition } = await running.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'api',
      containerDefinitions: [
        {
          name: 'api',
          image: writeImage(running.imageStore, `api-${version}`, program),
          memory: 64,
          portMappings: [{ containerPort: 8080 }],
        },
      ],
    }),
  );
  return taskDefinition?.taskDefinitionArn ?? '';
}

const report = async () => {
  const [first] = await running.page<LoadBalancerRow[]>('/_local/load-balancers');
  if (!first) throw new Error('no load balancer');
  return first;
};

const rolledOut = (taskDefinition: string) =>
  eventually(
    async () => {
      const { services } = await running.ecs.send(
        new DescribeServicesCommand({ cluster, services: ['api'] }),
      );
      return services?.[0];
    },
    (service) =>
      service?.deployments?.length === 1 &&
      service.deployments[0]?.rolloutState === 'COMPLETED' &&
      service.taskDefinition === taskDefinition,
  );

it('says 503 as an ALB does while no target is healthy, then routes to the service', async () => {
  const taskDefinition = await register('v1');
  await running.ecs.send(
    new CreateServiceCommand({
      cluster,
      serviceName: 'api',
      taskDefinition,
      desiredCount: 0,
      healthCheckGracePeriodSeconds: 30,
      loadBalancers: [{ targetGroupArn, containerName: 'api', containerPort: 8080 }],
    }),
  );
  const { url } = await report();
  const none = await fetch(url);
  expect(none.status).toBe(503);
  expect(none.headers.get('server')).toBe('awselb/2.0');
  expect(await none.text()).toContain('503 Service Temporarily Unavailable');

  await running.ecs.send(new UpdateServiceCommand({ cluster, service: 'api', desiredCount: 2 }));
  await eventually(
    report,
    ({ targets }) => targets.filter((t) => t.state === 'healthy').length === 2,
  );
  const { TargetHealthDescriptions: health } = await running.elb.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }),
  );
  expect(health?.map((each) => each.TargetHealth?.State)).toEqual(['healthy', 'healthy']);

  const answer = await fetch(`${url}/x`, { headers: { 'x-forwarded-for': '10.0.0.1' } });
  const { headers } = (await answer.json()) as { headers: Record<string, string> };
  expect(headers['x-forwarded-for']).toBe('10.0.0.1, 127.0.0.1');
  expect(headers['x-forwarded-port']).toBe(new URL(url).port);
  expect(headers['x-amzn-trace-id']).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
  expect((await report()).failures).toBe(1);
});

it('rolls out a new revision without one failed request', async () => {
  const { url, failures: before } = await report();
  const taskDefinition = await register('v2');
  const seen = new Map<string, number>();
  stop = false;
  const client = async (path: string) => {
    while (!stop) {
      const response = await fetch(url + path);
      const text = await response.text();
      const version = /"version":"(\w+)"/.exec(text)?.[1] ?? `${response.status}${path}`;
      seen.set(version, (seen.get(version) ?? 0) + 1);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const clients = ['/', '/', '/slow'].map(client);
  await running.ecs.send(new UpdateServiceCommand({ cluster, service: 'api', taskDefinition }));
  await rolledOut(taskDefinition);
  stop = true;
  await Promise.all(clients);
  const { failures, targetFailures, targets } = await report();
  expect(failures - before).toBe(0);
  expect(targetFailures).toBe(0);
  expect(targets).toHaveLength(2);
  expect([...seen.keys()].sort()).toEqual(['200/slow', 'v1', 'v2']);
  expect(await (await fetch(url)).text()).toContain('"version":"v2"');
});

it('answers 502 for a target that dies on a request, and brings another one up', async () => {
  const { url } = await report();
  // A GET would get a second chance, and take the other target with it.
  expect((await fetch(`${url}/exit`, { method: 'POST' })).status).toBe(502);
  await eventually(
    report,
    ({ targets }) => targets.filter((t) => t.state === 'healthy').length === 2,
  );
});

it('goes by the rules of its listeners as soon as they are made', async () => {
  const { arn: LoadBalancerArn, url } = await report();
  const { Listeners = [] } = await running.elb.send(
    new DescribeListenersCommand({ LoadBalancerArn }),
  );
  const ListenerArn = Listeners.find(({ Port }) => Port === 8080)?.ListenerArn;
  const answer = (StatusCode: string) => ({
    Type: 'fixed-response' as const,
    FixedResponseConfig: { StatusCode, MessageBody: 'ruled', ContentType: 'text/plain' },
  });
  const rule = (Priority: number, status: string, Conditions: RuleCondition[]) =>
    running.elb.send(
      new CreateRuleCommand({ ListenerArn, Priority, Conditions, Actions: [answer(status)] }),
    );
  await rule(20, '410', [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/old*'] } }]);
  await rule(10, '403', [
    { Field: 'path-pattern', PathPatternConfig: { Values: ['/old/secret'] } },
    { Field: 'host-header', HostHeaderConfig: { Values: ['127.*'] } },
  ]);
  const method = { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET'] } };
  await expect(rule(5, '403', [method])).rejects.toMatchObject({
    name: 'UnsupportedOperation',
    message: expect.stringContaining('is not supported by the embedded AWS.'),
  });
  const ask = async (path: string) => (await fetch(url + path)).status;
  expect(await ask('/old')).toBe(410);
  expect(await ask('/old/secret?v=1')).toBe(403);
  expect(await ask('/new')).toBe(200);
});

it('redirects from the plain port to the other one', async () => {
  const { url, listeners } = await report();
  const plain = listeners.find(({ port }) => port === 80);
  const redirected = await fetch(`${plain?.url ?? ''}/a?b=c`, { redirect: 'manual' });
  expect(redirected.status).toBe(301);
  // The redirect is to HTTPS on 80, which nobody listens to; 8080 is where `url` leads.
  expect(redirected.headers.get('location')).toBe('https://127.0.0.1:80/a?b=c');
  expect(url).not.toBe(plain?.url);
});

it('tells what it did in each second', async () => {
  const rows = await running.page<TrafficSecond[]>('/_local/traffic');
  const { requests, failures } = await report();
  const sum = (of: (row: TrafficSecond) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  expect(sum((row) => row.requests)).toBe(requests);
  expect(sum((row) => row.balancerFailures)).toBe(failures);
  expect(rows.map(({ second }) => second)).toEqual(
    rows.map(({ second }) => second).toSorted((a, b) => a - b),
  );
});

it('takes back a release that answers 5xx under load, though the front goes down meanwhile', async () => {
  const { arn, url, failures: before } = await report();
  const cloudWatch = new CloudWatchClient(running.clientSettings);
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'server-errors',
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'HTTPCode_Target_5XX_Count',
      Dimensions: [
        { Name: 'LoadBalancer', Value: arn.replace(/^.*:loadbalancer\//, '') },
        { Name: 'TargetGroup', Value: targetGroupArn.replace(/^.*:(?=targetgroup)/, '') },
      ],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
      TreatMissingData: 'notBreaching',
    }),
  );
  cloudWatch.destroy();
  const good = await register('v2');
  const bad = await register(
    'v3',
    `require('node:http')
      .createServer(({ url }, response) => response.writeHead(url === '/livez' ? 200 : 500).end())
      .listen(Number(process.env.PORT), process.env.HOST);
     process.on('SIGTERM', () => process.exit(0));`,
  );
  const roll = (taskDefinition: string) =>
    running.ecs.send(
      new UpdateServiceCommand({
        cluster,
        service: 'api',
        taskDefinition,
        deploymentConfiguration: {
          alarms: { alarmNames: ['server-errors'], enable: true, rollback: true },
        },
      }),
    );
  await roll(good);
  await rolledOut(good);
  const lost: string[] = [];
  stop = false;
  const client = async () => {
    while (!stop) {
      // 500 is what the bad release says itself.
      const status = await fetch(`${url}/x`).then((response) => response.status, String);
      if (status !== 200 && status !== 500) lost.push(String(status));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const clients = [client(), client()];
  await roll(bad);
  await fetch(`${running.cloud.endpoint}/_local/faults`, {
    method: 'POST',
    body: JSON.stringify({ frontDownMs: 500 }),
  });
  const ended = await eventually(
    async () => {
      const listed = await running.ecs
        .send(new ListServiceDeploymentsCommand({ cluster, service: 'api' }))
        .catch(() => undefined);
      return listed?.serviceDeployments?.[0];
    },
    (deployment) => deployment?.finishedAt !== undefined,
    40_000,
  );
  await rolledOut(good);
  stop = true;
  await Promise.all(clients);
  expect(ended?.status).toBe('ROLLBACK_SUCCESSFUL');
  expect(lost).toEqual([]);
  const { failures, targetFailures } = await report();
  expect(failures).toBe(before);
  expect(targetFailures).toBeGreaterThan(0);
  const lives = await running.page<{ revision: string; stoppedAt?: number }[]>('/_local/timeline');
  const broken = lives.filter(({ revision }) => bad.endsWith(revision));
  expect(broken.length).toBeGreaterThanOrEqual(2);
  expect(broken.every(({ stoppedAt }) => typeof stoppedAt === 'number')).toBe(true);
}, 90_000);
