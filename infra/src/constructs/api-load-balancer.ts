import { Construct } from 'constructs';
import { Lb, LbListener, LbTargetGroup } from '../aws';
import type { ITerraformDependable } from '../cdktf';

/** HTTP, or HTTPS with a certificate: what {@link ApiLoadBalancer} listens with. */
export type Listener =
  | { readonly protocol: 'HTTP'; readonly port: number }
  | {
      readonly protocol: 'HTTPS';
      readonly port: number;
      readonly certificateArn: string;
      readonly sslPolicy: string;
    };

export interface ApiLoadBalancerProps {
  readonly name: string;
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly internal: boolean;
  readonly listener: Listener;
  readonly targetPort: number;
  readonly idleTimeoutSeconds: number;
  readonly deregistrationDelaySeconds: number;
  readonly healthCheckIntervalSeconds: number;
  readonly deletionProtection: boolean;
  readonly resourceTimeout: string;
  /** What must stand before a public balancer can be made. */
  readonly after: ITerraformDependable[];
}

/** The front of the API: a balancer that sends requests only to tasks whose /readyz answers 200. */
export class ApiLoadBalancer extends Construct {
  readonly arn: string;
  readonly dnsName: string;
  readonly targetGroupArn: string;
  /** Names balancer and target group to the autoscaler. */
  readonly resourceLabel: string;

  constructor(scope: Construct, id: string, props: ApiLoadBalancerProps) {
    super(scope, id);
    const balancer = new Lb(this, 'balancer', {
      name: props.name,
      loadBalancerType: 'application',
      internal: props.internal,
      subnets: props.subnetIds,
      securityGroups: [props.securityGroupId],
      idleTimeout: props.idleTimeoutSeconds,
      dropInvalidHeaderFields: true,
      enableDeletionProtection: props.deletionProtection,
      dependsOn: props.after,
      timeouts: {
        create: props.resourceTimeout,
        update: props.resourceTimeout,
        delete: props.resourceTimeout,
      },
    });
    const targets = new LbTargetGroup(this, 'targets', {
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
    const { listener } = props;
    new LbListener(this, 'listener', {
      loadBalancerArn: balancer.arn,
      protocol: listener.protocol,
      port: listener.port,
      ...(listener.protocol === 'HTTPS'
        ? { certificateArn: listener.certificateArn, sslPolicy: listener.sslPolicy }
        : {}),
      defaultAction: [{ type: 'forward', targetGroupArn: targets.arn }],
    });
    this.arn = balancer.arn;
    this.dnsName = balancer.dnsName;
    this.targetGroupArn = targets.arn;
    this.resourceLabel = `${balancer.arnSuffix}/${targets.arnSuffix}`;
  }
}
