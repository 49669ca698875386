import { Construct } from 'constructs';
import { EcsService } from '../../aws';
import type { HardenedTask } from './hardened-task';
import { timeouts } from '../timeouts';

export interface RollingServiceProps {
  readonly name: string;
  readonly clusterArn: string;
  readonly task: HardenedTask;
  /** Number of tasks at creation; afterwards the autoscaler sets it. */
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
    /** Grace period for target health after the start. */
    readonly graceSeconds: number;
  };
  /** Names of alarms; any of them in ALARM during a deployment or its bake time rolls it back. */
  readonly rollBackOn: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly resourceTimeout: string;
}

/**
 * A service that ECS deploys rolling and rolls back if its tasks keep failing. The pipeline and the
 * autoscaler, not Terraform, decide which revision runs and how many tasks.
 */
export class RollingService extends Construct {
  readonly name: string;
  readonly service: EcsService;

  constructor(scope: Construct, id: string, props: RollingServiceProps) {
    super(scope, id);
    const { loadBalancer, rollout } = props;
    this.service = new EcsService(this, 'service', {
      name: props.name,
      cluster: props.clusterArn,
      taskDefinition: props.task.arn,
      // Otherwise the provider replaces the service to change the proportion of Spot. So a change of the
      // service starts a deployment of the same revision, which the pipeline's rollout supersedes.
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
      ...(loadBalancer
        ? {
            loadBalancer: [
              {
                targetGroupArn: loadBalancer.targetGroupArn,
                containerName: loadBalancer.container,
                containerPort: loadBalancer.port,
              },
            ],
            healthCheckGracePeriodSeconds: loadBalancer.graceSeconds,
          }
        : {}),
      deploymentController: { type: 'ECS' },
      // The circuit breaker detects tasks that do not start; alarms detect those that start and fail.
      deploymentCircuitBreaker: { enable: true, rollback: true },
      alarms: { enable: true, rollback: true, alarmNames: [...props.rollBackOn] },
      deploymentMinimumHealthyPercent: rollout.minimumHealthyPercent,
      deploymentMaximumPercent: rollout.maximumPercent,
      // ECS rebalances zones by starting tasks before stopping others, which needs more than 100 %.
      availabilityZoneRebalancing: rollout.maximumPercent > 100 ? 'ENABLED' : 'DISABLED',
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
      tags: { ...props.tags },
      // The pipeline watches rollouts, because a rolled-back service is steady, too.
      waitForSteadyState: false,
      lifecycle: { ignoreChanges: ['task_definition', 'desired_count'] },
      dependsOn: props.task.policies,
      timeouts: timeouts(props.resourceTimeout),
    });
    this.name = this.service.name;
  }
}
