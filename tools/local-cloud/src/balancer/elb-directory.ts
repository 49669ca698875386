import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Listener } from './rules/listener';
import { readListener } from './rules/read-listeners';
import type { TargetGroup } from './targets/target-group';

/** What Terraform, or anyone, has set up in Elastic Load Balancing. */
export interface ElbDirectory {
  /** Undefined if there is no such target group. */
  targetGroup(arn: string): Promise<TargetGroup | undefined>;
  /** Undefined if there is no such load balancer. */
  loadBalancer(arn: string): Promise<LoadBalancerSetup | undefined>;
}

export interface LoadBalancerSetup {
  readonly arn: string;
  readonly dnsName: string;
  /** The one that its URL leads to first: HTTPS, else one that forwards, else the lowest port. */
  readonly listeners: readonly Listener[];
}

/** Reads moto's Elastic Load Balancing. */
export function elbDirectory(motoEndpoint: string): ElbDirectory {
  const clients = new Map<string, ElasticLoadBalancingV2Client>();
  const clientFor = (arn: string) => {
    const region = arn.split(':')[3] ?? 'us-east-1';
    const client =
      clients.get(region) ??
      new ElasticLoadBalancingV2Client({
        endpoint: motoEndpoint,
        region,
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      });
    clients.set(region, client);
    return client;
  };
  return {
    targetGroup: (arn) =>
      orUndefined('TargetGroupNotFoundException', () => readTargetGroup(clientFor(arn), arn)),
    loadBalancer: (arn) =>
      orUndefined('LoadBalancerNotFoundException', () => readLoadBalancer(clientFor(arn), arn)),
  };
}

async function orUndefined<T>(missing: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && error.name === missing) return undefined;
    throw error;
  }
}

async function readTargetGroup(
  client: ElasticLoadBalancingV2Client,
  arn: string,
): Promise<TargetGroup | undefined> {
  const [described, attributes] = await Promise.all([
    client.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] })),
    client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn })),
  ]);
  const group = described.TargetGroups?.[0];
  if (!group) return undefined;
  const attribute = (name: string) => attributes.Attributes?.find(({ Key }) => Key === name)?.Value;
  return {
    arn,
    targetType: group.TargetType ?? 'instance',
    loadBalancerArns: group.LoadBalancerArns ?? [],
    healthCheck: {
      path: group.HealthCheckPath ?? '/',
      matcher: group.Matcher?.HttpCode ?? '200',
      intervalMs: (group.HealthCheckIntervalSeconds ?? 30) * 1000,
      timeoutMs: (group.HealthCheckTimeoutSeconds ?? 5) * 1000,
      healthyThreshold: group.HealthyThresholdCount ?? 5,
      unhealthyThreshold: group.UnhealthyThresholdCount ?? 2,
    },
    deregistrationDelayMs: Number(attribute('deregistration_delay.timeout_seconds') ?? 300) * 1000,
    algorithm:
      attribute('load_balancing.algorithm.type') === 'least_outstanding_requests'
        ? 'least_outstanding_requests'
        : 'round_robin',
  };
}

async function readLoadBalancer(
  client: ElasticLoadBalancingV2Client,
  arn: string,
): Promise<LoadBalancerSetup | undefined> {
  const [balancers, listeners] = await Promise.all([
    client.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] })),
    client.send(new DescribeListenersCommand({ LoadBalancerArn: arn })),
  ]);
  const balancer = balancers.LoadBalancers?.[0];
  if (!balancer) return undefined;
  const read = await Promise.all(
    (listeners.Listeners ?? []).map(async (listener) => {
      const { Rules = [] } = await client.send(
        new DescribeRulesCommand({ ListenerArn: listener.ListenerArn }),
      );
      return readListener(listener, Rules);
    }),
  );
  return {
    arn,
    dnsName: balancer.DNSName ?? '',
    listeners: read
      .filter((listener) => listener !== undefined)
      .toSorted((a, b) => rank(a) - rank(b) || a.port - b.port),
  };
}

const rank = ({ protocol, rules }: Listener): number =>
  protocol === 'HTTPS' ? 0 : rules.at(-1)?.action.kind === 'forward' ? 1 : 2;
