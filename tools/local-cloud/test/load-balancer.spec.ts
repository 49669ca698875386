import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { BalancerReport } from '../src/load-balancer/balancer';
import { serverProgram, writeImage } from './process-image';
import { eventually, runCloud, type RunningCloud } from './running-cloud';

jest.setTimeout(60_000);

const cluster = 'clarity-test';
let running: RunningCloud;
let targetGroupArn: string;

beforeAll(async () => {
  running = await runCloud();
  const { ecs, elb } = running;
  await ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  const balancers = await elb.send(
    new CreateLoadBalancerCommand({ Name: 'api', Subnets: await subnets() }),
  );
  const groups = await elb.send(
    new CreateTargetGroupCommand({
      Name: 'api',
      Protocol: 'HTTP',
      Port: 8080,
      TargetType: 'ip',
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
afterAll(() => running.stop());

/** EC2's API is XML over a query, and its SDK is no dependency of ours. */
async function subnets(): Promise<string[]> {
  const scope = 'test/20250101/us-east-1/ec2/aws4_request';
  const response = await fetch(running.cloud.endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams({ Action: 'DescribeSubnets', Version: '2016-11-15' }),
  });
  const ids = (await response.text()).matchAll(/<subnetId>([^<]+)/g);
  return [...ids].slice(0, 2).flatMap(([, id]) => id ?? []);
}

async function register(version: string): Promise<string> {
  const { taskDefinition } = await running.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'api',
      containerDefinitions: [
        {
          name: 'api',
          image: writeImage(running.imageStore, `api-${version}`, serverProgram(version)),
          memory: 64,
          portMappings: [{ containerPort: 8080 }],
        },
      ],
    }),
  );
  return taskDefinition?.taskDefinitionArn ?? '';
}

const report = async () => {
  const [first] = await running.page<BalancerReport[]>('/_local/load-balancers');
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
  let stop = false;
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
  expect((await fetch(`${url}/exit`)).status).toBe(502);
  await eventually(
    report,
    ({ targets }) => targets.filter((t) => t.state === 'healthy').length === 2,
  );
});
