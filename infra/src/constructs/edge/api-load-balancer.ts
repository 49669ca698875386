import { Construct } from 'constructs';
import { Lb, LbListener, LbTargetGroup } from '../../aws';
import type { ITerraformDependable } from '../../cdktf';

export interface ApiLoadBalancerProps {
  readonly name: string;
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly internal: boolean;
  readonly ipAddressType: 'ipv4' | 'dualstack';
  readonly certificateArn: string;
  readonly sslPolicy: string;
  readonly targetPort: number;
  readonly idleTimeoutSeconds: number;
  readonly deregistrationDelaySeconds: number;
  readonly healthCheckIntervalSeconds: number;
  /** Bucket for the logs of requests and of TLS handshakes, and where in it. */
  readonly logs: { readonly bucket: string; readonly access: string; readonly connection: string };
  readonly deletionProtection: boolean;
  readonly resourceTimeout: string;
  /** What must stand before: a public balancer's gateway, the policy that lets it write its logs. */
  readonly after: ITerraformDependable[];
}

/** The front of the API: TLS outside, and requests only to tasks whose /readyz answers 200. */
export class ApiLoadBalancer extends Construct {
  readonly arn: string;
  readonly dnsName: string;
  /** Route 53's name for where the balancer's own name is kept. */
  readonly zoneId: string;
  readonly targetGroupArn: string;
  /** Name the two to CloudWatch. */
  readonly arnSuffix: string;
  readonly targetGroupArnSuffix: string;
  /** Names balancer and target group to the autoscaler. */
  readonly resourceLabel: string;

  constructor(scope: Construct, id: string, props: ApiLoadBalancerProps) {
    super(scope, id);
    const balancer = this.balancer(props);
    const targets = this.targets(props);
    new LbListener(this, 'listener', {
      loadBalancerArn: balancer.arn,
      protocol: 'HTTPS',
      port: 443,
      certificateArn: props.certificateArn,
      sslPolicy: props.sslPolicy,
      defaultAction: [{ type: 'forward', targetGroupArn: targets.arn }],
    });
    // Who reaches it is up to the security group: nobody, unless a network is named.
    new LbListener(this, 'redirect', {
      loadBalancerArn: balancer.arn,
      protocol: 'HTTP',
      port: 80,
      defaultAction: [
        {
          type: 'redirect',
          redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' },
        },
      ],
    });
    this.arn = balancer.arn;
    this.dnsName = balancer.dnsName;
    this.zoneId = balancer.zoneId;
    this.targetGroupArn = targets.arn;
    this.arnSuffix = balancer.arnSuffix;
    this.targetGroupArnSuffix = targets.arnSuffix;
    this.resourceLabel = `${balancer.arnSuffix}/${targets.arnSuffix}`;
  }

  private balancer(props: ApiLoadBalancerProps): Lb {
    const { bucket, access, connection } = props.logs;
    return new Lb(this, 'balancer', {
      name: props.name,
      loadBalancerType: 'application',
      internal: props.internal,
      ipAddressType: props.ipAddressType,
      subnets: props.subnetIds,
      securityGroups: [props.securityGroupId],
      idleTimeout: props.idleTimeoutSeconds,
      dropInvalidHeaderFields: true,
      // Requests that two servers could read differently are how one user's request is smuggled
      // into another's. Our clients have no need to send any.
      desyncMitigationMode: 'strictest',
      accessLogs: { bucket, prefix: access, enabled: true },
      connectionLogs: { bucket, prefix: connection, enabled: true },
      enableDeletionProtection: props.deletionProtection,
      dependsOn: props.after,
      timeouts: {
        create: props.resourceTimeout,
        update: props.resourceTimeout,
        delete: props.resourceTimeout,
      },
    });
  }

  private targets(props: ApiLoadBalancerProps): LbTargetGroup {
    return new LbTargetGroup(this, 'targets', {
      name: `${props.name}-api`,
      targetType: 'ip',
      protocol: 'HTTP',
      port: props.targetPort,
      vpcId: props.vpcId,
      deregistrationDelay: String(props.deregistrationDelaySeconds),
      loadBalancingAlgorithmType: 'least_outstanding_requests',
      healthCheck: {
        path: '/readyz',
        matcher: '200',
        interval: props.healthCheckIntervalSeconds,
        timeout: Math.min(5, props.healthCheckIntervalSeconds - 1),
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
    });
  }
}
