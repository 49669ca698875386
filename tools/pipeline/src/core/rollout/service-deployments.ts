import {
  DescribeServicesCommand,
  ListServiceDeploymentsCommand,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
  type ECSClient,
  type Service,
  type ServiceDeploymentBrief,
  type ServiceDeploymentStatus,
} from '@aws-sdk/client-ecs';
import { PipelineError } from '../../errors';

export interface ServiceRef {
  readonly cluster: string;
  readonly service: string;
}

/** The deployment that a service is at or on its way to; after a failed one, what ECS goes back to. */
export interface PrimaryDeployment {
  /**
   * Number of the service revision. DescribeServices has it in the id of a deployment, `ecs-svc/<number>`,
   * and service deployments have it at the end of their targetServiceRevisionArn.
   */
  readonly revision: string;
  /** ARN. */
  readonly taskDefinition: string;
  readonly state: 'COMPLETED' | 'IN_PROGRESS' | 'FAILED';
}

export interface ServiceState {
  readonly primary: PrimaryDeployment;
  /** Number of tasks that it is to run; the autoscaler stops an app without work. */
  readonly desired: number;
  /** Newest first, in AWS's words. */
  readonly events: readonly { readonly id: string; readonly message: string }[];
}

/** One service deployment of ECS, which keeps them for 90 days. */
export interface ObservedDeployment {
  readonly arn: string;
  /** Number of the service revision that it rolls out. */
  readonly revision: string;
  readonly status: ServiceDeploymentStatus;
  readonly reason?: string | undefined;
  /** When ECS ended it, by ECS's clock. */
  readonly finishedAt?: Date | undefined;
}

/**
 * One ECS service, as a rollout sees it. Reads are eventually consistent: for some seconds they may not show
 * what was written, and a later one may be older than an earlier one.
 */
export interface ServiceDeployments {
  read(): Promise<ServiceState>;
  /**
   * Sets the service to a task definition. If the service has it already, ECS starts nothing, so this may be
   * repeated.
   * @param desired number of tasks, if it is to change; for one or more, ECS starts a deployment in any case
   * @returns what the service is at then; unlike a read, this is never stale
   */
  update(taskDefinition: string, desired?: number): Promise<ServiceState>;
  /** The newest deployment, of this revision if one is given; undefined if ECS lists none. */
  newest(revision?: string): Promise<ObservedDeployment | undefined>;
  /** Asks ECS to stop a deployment and to roll back to what ran before it. */
  stopWithRollback(deploymentArn: string): Promise<void>;
}

export function serviceDeployments(ecs: ECSClient, ref: ServiceRef): ServiceDeployments {
  return {
    async read() {
      const { services } = await ecs.send(
        new DescribeServicesCommand({ cluster: ref.cluster, services: [ref.service] }),
      );
      const service = services?.[0];
      if (!service || service.status === 'INACTIVE')
        throw new PipelineError(
          'environment',
          `There is no ECS service ${ref.service} in ${ref.cluster}.`,
        );
      return stateOf(service);
    },
    async update(taskDefinition, desired) {
      const tasks = desired === undefined ? {} : startOf(desired);
      const command = new UpdateServiceCommand({ ...ref, taskDefinition, ...tasks });
      const { service } = await ecs.send(command);
      return stateOf(service ?? {});
    },
    async newest(revision) {
      const { serviceDeployments: listed = [] } = await ecs.send(
        new ListServiceDeploymentsCommand({ ...ref, maxResults: 20 }),
      );
      return listed
        .toSorted(newestFirst)
        .map(observed)
        .find((deployment) => revision === undefined || deployment.revision === revision);
    },
    async stopWithRollback(serviceDeploymentArn) {
      await ecs.send(
        new StopServiceDeploymentCommand({ serviceDeploymentArn, stopType: 'ROLLBACK' }),
      );
    },
  };
}

/** A change of the number alone is not a deployment, and nothing would judge the tasks. */
function startOf(desired: number) {
  return { desiredCount: desired, forceNewDeployment: desired > 0 };
}

function stateOf(service: Service): ServiceState {
  return {
    primary: primaryOf(service),
    desired: service.desiredCount ?? 0,
    events: (service.events ?? []).map(({ id = '', message = '' }) => ({ id, message })),
  };
}

function primaryOf({ deployments = [], taskDefinition = '' }: Service): PrimaryDeployment {
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  return {
    revision: afterLastSlash(primary?.id),
    taskDefinition: primary?.taskDefinition ?? taskDefinition,
    state: primary?.rolloutState ?? 'IN_PROGRESS',
  };
}

function observed(brief: ServiceDeploymentBrief): ObservedDeployment {
  return {
    arn: brief.serviceDeploymentArn ?? '',
    revision: afterLastSlash(brief.targetServiceRevisionArn),
    status: brief.status ?? 'PENDING',
    reason: brief.statusReason,
    finishedAt: brief.finishedAt,
  };
}

function afterLastSlash(text = ''): string {
  return text.slice(text.lastIndexOf('/') + 1);
}

function newestFirst(a: ServiceDeploymentBrief, b: ServiceDeploymentBrief): number {
  return (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0);
}
