import {
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  ListServiceDeploymentsCommand,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
  type ECSClient,
  type Service,
  type ServiceDeploymentBrief,
} from '@aws-sdk/client-ecs';
import { PipelineError } from '../../errors';
import type { ObservedDeployment } from './verdict';

export interface ServiceRef {
  readonly cluster: string;
  readonly service: string;
}

export interface ListedDeployment {
  readonly arn: string;
  readonly taskDefinition: string;
  readonly underway: boolean;
}

/** One ECS service, as a rollout sees it. */
export interface ServiceDeployments {
  /** ARN of the task definition that the service is set to. */
  currentTaskDefinition(): Promise<string>;
  /** @returns ARN of the started deployment, if ECS returns it at once */
  startRollout(taskDefinition: string): Promise<string | undefined>;
  /** Newest first. */
  list(): Promise<readonly ListedDeployment[]>;
  observe(deploymentArn: string): Promise<ObservedDeployment | undefined>;
  /** Asks ECS to stop a deployment and to roll back to what ran before it. */
  stopWithRollback(deploymentArn: string): Promise<void>;
  /** Newest first, in AWS's words. */
  events(): Promise<readonly { id: string; message: string }[]>;
}

const underway = new Set<string | undefined>([
  'PENDING',
  'IN_PROGRESS',
  'STOP_REQUESTED',
  'ROLLBACK_REQUESTED',
  'ROLLBACK_IN_PROGRESS',
]);

export function serviceDeployments(ecs: ECSClient, ref: ServiceRef): ServiceDeployments {
  const describe = async (): Promise<Service> => {
    const { services } = await ecs.send(
      new DescribeServicesCommand({ cluster: ref.cluster, services: [ref.service] }),
    );
    const service = services?.[0];
    if (!service || service.status === 'INACTIVE')
      throw new PipelineError(
        'environment',
        `There is no ECS service ${ref.service} in ${ref.cluster}.`,
      );
    return service;
  };

  const targetsOf = async (revisionArns: readonly string[]): Promise<Map<string, string>> => {
    if (revisionArns.length === 0) return new Map();
    const { serviceRevisions = [] } = await ecs.send(
      new DescribeServiceRevisionsCommand({ serviceRevisionArns: [...revisionArns] }),
    );
    return new Map(
      serviceRevisions.map(({ serviceRevisionArn = '', taskDefinition = '' }) => [
        serviceRevisionArn,
        taskDefinition,
      ]),
    );
  };

  return {
    async currentTaskDefinition() {
      return (await describe()).taskDefinition ?? '';
    },
    async startRollout(taskDefinition) {
      const { service } = await ecs.send(new UpdateServiceCommand({ ...ref, taskDefinition }));
      return service?.currentServiceDeployment;
    },
    async list() {
      const { serviceDeployments: briefs = [] } = await ecs.send(
        new ListServiceDeploymentsCommand({ ...ref, maxResults: 20 }),
      );
      const revisions = briefs.flatMap((brief) => brief.targetServiceRevisionArn ?? []);
      const targets = await targetsOf([...new Set(revisions)]);
      return briefs.toSorted(newestFirst).map((brief) => ({
        arn: brief.serviceDeploymentArn ?? '',
        taskDefinition: targets.get(brief.targetServiceRevisionArn ?? '') ?? '',
        underway: underway.has(brief.status),
      }));
    },
    async observe(deploymentArn) {
      const { serviceDeployments: found } = await ecs.send(
        new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [deploymentArn] }),
      );
      const deployment = found?.[0];
      if (!deployment?.status) return undefined;
      const revision = deployment.targetServiceRevision?.arn;
      const targets = await targetsOf(revision ? [revision] : []);
      return {
        status: deployment.status,
        target: targets.get(revision ?? '') ?? '',
        reason: deployment.statusReason,
        finishedAt: deployment.finishedAt,
      };
    },
    async stopWithRollback(serviceDeploymentArn) {
      await ecs.send(
        new StopServiceDeploymentCommand({ serviceDeploymentArn, stopType: 'ROLLBACK' }),
      );
    },
    async events() {
      const { events = [] } = await describe();
      return events.map(({ id = '', message = '' }) => ({ id, message }));
    },
  };
}

function newestFirst(a: ServiceDeploymentBrief, b: ServiceDeploymentBrief): number {
  return (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0);
}
