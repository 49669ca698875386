import { Construct } from 'constructs';
import { EcsService } from '../../aws';
import type { HardenedTask } from './hardened-task';

export interface RollingServiceProps {
  readonly name: string;
  readonly clusterArn: string;
  readonly task: HardenedTask;
  /** Tasks at creation; the autoscaler's business afterwards. */
  readonly desired: number;
  /** Names of capacity providers. */
  readonly capacity: readonly {
    readonly provider: string;
    readonly weight: number;
    readonly base: number;
  }[];
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly rollout: { readonly minimumHealthyPercent: number; readonly maximumPercent: number };
  readonly loadBalancer?: {
    readonly targetGroupArn: string;
    readonly container: string;
    readonly port: number;
    /** How long failing target health is forgiven after the start. */
    readonly graceSeconds: number;
  };
  /** Any of these in ALARM during a deployment, or while it settles, rolls it back. */
  readonly rollBackOn: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly resourceTimeout: string;
}

/**
 * A service that ECS rolls and, when tasks keep failing, rolls back. Terraform never decides which
 * revision runs nor how many: the pipeline and the autoscaler do.
 */
export class RollingService extends Construct {
  readonly name: string;
  readonly service: EcsService;

  constructor(scope: Construct, id: string, props: RollingServiceProps) {
    super(scope, id);
    const { loadBalancer: front, rollout } = props;
    this.service = new EcsService(this, 'service', {
      name: props.name,
      cluster: props.clusterArn,
      taskDefinition: props.task.arn,
      // Without it the provider replaces the service to change a share of Spot.
      forceNewDeployment: true,
      desiredCount: props.desired,
      capacityProviderStrategy: props.capacity.map(({ provider, weight, base }) => ({
        capacityProvider: provider,
        weight,
        base,
      })),
      networkConfiguration: {
        subnets: props.subnetIds,
        securityGroups: [props.securityGroupId],
        assignPublicIp: false,
      },
      ...(front
        ? {
            loadBalancer: [
              {
                targetGroupArn: front.targetGroupArn,
                containerName: front.container,
                containerPort: front.port,
              },
            ],
            healthCheckGracePeriodSeconds: front.graceSeconds,
          }
        : {}),
      deploymentController: { type: 'ECS' },
      // The circuit breaker sees tasks that do not start; alarms see those that start and fail.
      deploymentCircuitBreaker: { enable: true, rollback: true },
      alarms: { enable: true, rollback: true, alarmNames: [...props.rollBackOn] },
      deploymentMinimumHealthyPercent: rollout.minimumHealthyPercent,
      deploymentMaximumPercent: rollout.maximumPercent,
      // ECS evens zones out by starting before stopping, which takes room above 100 %.
      availabilityZoneRebalancing: rollout.maximumPercent > 100 ? 'ENABLED' : 'DISABLED',
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
      tags: { ...props.tags },
      // The pipeline watches rollouts: "steady" is also what a rolled-back service is.
      waitForSteadyState: false,
      lifecycle: { ignoreChanges: ['task_definition', 'desired_count'] },
      dependsOn: props.task.policies,
      timeouts: {
        create: props.resourceTimeout,
        update: props.resourceTimeout,
        delete: props.resourceTimeout,
      },
    });
    this.name = this.service.name;
  }
}
