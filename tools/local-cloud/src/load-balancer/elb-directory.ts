import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  type Action,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { TargetGroup } from './target-group';

/** What Terraform, or anyone, has set up in Elastic Load Balancing. */
export interface ElbDirectory {
  /** Undefined where there is no such target group. */
  targetGroup(arn: string): Promise<TargetGroup | undefined>;
  /** Undefined where there is no such load balancer. */
  loadBalancer(arn: string): Promise<LoadBalancerSetup | undefined>;
}

export interface LoadBalancerSetup {
  readonly arn: string;
  readonly dnsName: string;
  /** Where its requests go: the target group of the first listener that forwards; HTTPS first. */
  readonly targetGroupArn: string | undefined;
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
  const delay = attributes.Attributes?.find(
    ({ Key }) => Key === 'deregistration_delay.timeout_seconds',
  )?.Value;
  return {
    arn,
    loadBalancerArns: group.LoadBalancerArns ?? [],
    healthCheck: {
      path: group.HealthCheckPath ?? '/',
      matcher: group.Matcher?.HttpCode ?? '200',
      intervalMs: (group.HealthCheckIntervalSeconds ?? 30) * 1000,
      timeoutMs: (group.HealthCheckTimeoutSeconds ?? 5) * 1000,
      healthyThreshold: group.HealthyThresholdCount ?? 5,
      unhealthyThreshold: group.UnhealthyThresholdCount ?? 2,
    },
    deregistrationDelayMs: Number(delay ?? 300) * 1000,
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
  const forwarding = (listeners.Listeners ?? [])
    .map(({ Protocol, DefaultActions }) => ({
      secure: Protocol === 'HTTPS',
      targetGroupArn: forwardedTo(DefaultActions ?? []),
    }))
    .filter((listener) => listener.targetGroupArn !== undefined)
    .sort((a, b) => Number(b.secure) - Number(a.secure));
  return {
    arn,
    dnsName: balancer.DNSName ?? '',
    targetGroupArn: forwarding[0]?.targetGroupArn,
  };
}

function forwardedTo(actions: readonly Action[]): string | undefined {
  const forward = actions.find((action) => action.Type === 'forward');
  const weighted = forward?.ForwardConfig?.TargetGroups?.find((group) => group.Weight !== 0);
  return forward?.TargetGroupArn ?? weighted?.TargetGroupArn;
}
