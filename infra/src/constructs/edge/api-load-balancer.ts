import { Construct } from 'constructs';
import { Lb, LbListener, LbTargetGroup } from '../../aws';
import type { ITerraformDependable } from '../../cdktf';
import { timeouts } from '../timeouts';

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
  /** What must exist first: the gateway of a public balancer, the policy for writing its logs. */
  readonly after: ITerraformDependable[];
}

/** The API's load balancer: TLS, and requests only to tasks whose /readyz answers 200. */
export class ApiLoadBalancer extends Construct {
  readonly arn: string;
  readonly dnsName: string;
  /** Id of the hosted zone of the balancer's DNS name. */
  readonly zoneId: string;
  readonly targetGroupArn: string;
  /** CloudWatch dimensions. */
  readonly arnSuffix: string;
  readonly targetGroupArnSuffix: string;
  /** Identifies balancer and target group for autoscaling. */
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
    // Reachable only from networks that the security group allows; by default, none.
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
      // Ambiguous requests enable request smuggling. Our clients never need to send any.
      desyncMitigationMode: 'strictest',
      accessLogs: { bucket, prefix: access, enabled: true },
      connectionLogs: { bucket, prefix: connection, enabled: true },
      enableDeletionProtection: props.deletionProtection,
      dependsOn: props.after,
      timeouts: timeouts(props.resourceTimeout),
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
