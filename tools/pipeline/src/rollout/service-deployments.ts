import {
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  ListServiceDeploymentsCommand,
  UpdateServiceCommand,
  type ECSClient,
  type Service,
} from '@aws-sdk/client-ecs';
import { PipelineError } from '../errors';
import type { ObservedDeployment } from './verdict';

export interface ServiceRef {
  readonly cluster: string;
  readonly service: string;
}

export interface ServiceDeployments {
  /** ARN of the task definition the service is set to. */
  currentTaskDefinition(): Promise<string>;
  startRollout(taskDefinition: string): Promise<void>;
  /** The newest deployment of `taskDefinition`, or undefined where ECS knows of none (yet). */
  findDeployment(taskDefinition: string): Promise<string | undefined>;
  observe(deploymentArn: string): Promise<ObservedDeployment | undefined>;
  /** Newest first, in AWS's words. */
  events(): Promise<readonly { id: string; message: string }[]>;
}

/** One ECS service, as the rollout sees it. */
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
      serviceRevisions.map((revision) => [
        revision.serviceRevisionArn ?? '',
        revision.taskDefinition ?? '',
      ]),
    );
  };

  return {
    async currentTaskDefinition() {
      return (await describe()).taskDefinition ?? '';
    },
    async startRollout(taskDefinition) {
      await ecs.send(new UpdateServiceCommand({ ...ref, taskDefinition }));
    },
    async findDeployment(taskDefinition) {
      const { serviceDeployments: briefs = [] } = await ecs.send(
        new ListServiceDeploymentsCommand({ ...ref, maxResults: 20 }),
      );
      const revisions = briefs.flatMap((brief) => brief.targetServiceRevisionArn ?? []);
      const targets = await targetsOf([...new Set(revisions)]);
      const newestFirst = briefs.toSorted(
        (a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0),
      );
      return newestFirst.find(
        (brief) => targets.get(brief.targetServiceRevisionArn ?? '') === taskDefinition,
      )?.serviceDeploymentArn;
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
      };
    },
    async events() {
      const { events = [] } = await describe();
      return events.map(({ id = '', message = '' }) => ({ id, message }));
    },
  };
}
