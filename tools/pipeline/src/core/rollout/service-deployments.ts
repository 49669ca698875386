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
   * @returns what the service is at then; unlike a read, this is never stale
   */
  update(taskDefinition: string): Promise<PrimaryDeployment>;
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
      const events = service.events ?? [];
      return {
        primary: primaryOf(service),
        events: events.map(({ id = '', message = '' }) => ({ id, message })),
      };
    },
    async update(taskDefinition) {
      const { service } = await ecs.send(new UpdateServiceCommand({ ...ref, taskDefinition }));
      return primaryOf(service ?? {});
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
