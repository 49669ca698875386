import type {
  DescribeServiceDeploymentsCommandOutput,
  DescribeServiceRevisionsCommandOutput,
  ListServiceDeploymentsCommandInput,
  ListServiceDeploymentsCommandOutput,
  ServiceDeployment,
  ServiceRevision,
} from '@aws-sdk/client-ecs';
import type { EmbeddedEcs } from '../embedded-ecs';
import type { Revision, ServiceDeploymentRecord, ServiceRecord } from '../service/service-record';
import type { Output } from '../protocol/json-protocol';
import { tally } from './describe-service';
import { paged } from './paged';
import { isRemembered } from './read-moment';
import { requestParser, schemas } from './request-schemas';
import { existingService } from './write-services';

const parseList = requestParser<
  typeof schemas.listServiceDeployments,
  Pick<ListServiceDeploymentsCommandInput, 'maxResults' | 'nextToken'>
>(schemas.listServiceDeployments);
const parseDescribe = requestParser(schemas.describeServiceDeployments);
const parseRevisions = requestParser(schemas.describeServiceRevisions);

export async function listServiceDeployments(
  ecs: EmbeddedEcs,
  body: unknown,
  region: string,
): Promise<Output<ListServiceDeploymentsCommandOutput>> {
  const request = parseList(body);
  const service = await existingService(ecs, request, region);
  const isVisible = ecs.readMoment();
  const wanted = service.rollouts.filter(
    ({ status, createdAt }) =>
      isVisible(createdAt) &&
      isRemembered(ecs.clock, createdAt) &&
      (!request.status?.length || request.status.includes(status)) &&
      isWithin(createdAt, request.createdAt),
  );
  const { items, nextToken } = paged(wanted, request, 20);
  return {
    serviceDeployments: items.map((each) => ({
      serviceDeploymentArn: each.arn,
      serviceArn: service.arn,
      clusterArn: service.cluster.arn,
      status: each.status,
      targetServiceRevisionArn: each.targetRevision,
      createdAt: each.createdAt,
      ...(each.startedAt && { startedAt: each.startedAt }),
      ...(each.finishedAt && { finishedAt: each.finishedAt }),
      ...(each.statusReason && { statusReason: each.statusReason }),
    })),
    nextToken,
  };
}

/** Times in requests are seconds since the epoch. */
function isWithin(
  time: Date,
  { before, after }: { before?: number | undefined; after?: number | undefined } = {},
): boolean {
  const seconds = time.getTime() / 1000;
  return (before === undefined || seconds < before) && (after === undefined || seconds > after);
}

export function describeServiceDeployments(
  ecs: EmbeddedEcs,
  body: unknown,
): Promise<Output<DescribeServiceDeploymentsCommandOutput>> {
  const { serviceDeploymentArns } = parseDescribe(body);
  const isVisible = ecs.readMoment();
  const known = new Map(
    ecs.services
      .all()
      .flatMap((service) =>
        service.rollouts
          .filter(({ createdAt }) => isVisible(createdAt) && isRemembered(ecs.clock, createdAt))
          .map((each) => [each.arn, describe(service, each)]),
      ),
  );
  return Promise.resolve({
    serviceDeployments: serviceDeploymentArns.flatMap((arn) => known.get(arn) ?? []),
    failures: missing(serviceDeploymentArns, known),
  });
}

export function describeServiceRevisions(
  ecs: EmbeddedEcs,
  body: unknown,
): Promise<Output<DescribeServiceRevisionsCommandOutput>> {
  const { serviceRevisionArns } = parseRevisions(body);
  const isVisible = ecs.readMoment();
  const known = new Map(
    ecs.services
      .all()
      .flatMap((service) =>
        [...service.revisions.values()]
          .filter(({ createdAt }) => isVisible(createdAt))
          .map((each) => [each.arn, revision(service, each)]),
      ),
  );
  return Promise.resolve({
    serviceRevisions: serviceRevisionArns.flatMap((arn) => known.get(arn) ?? []),
    failures: missing(serviceRevisionArns, known),
  });
}

const missing = (arns: readonly string[], known: ReadonlyMap<string, unknown>) =>
  arns.filter((arn) => !known.has(arn)).map((arn) => ({ arn, reason: 'MISSING' }));

function describe(service: ServiceRecord, record: ServiceDeploymentRecord): ServiceDeployment {
  const state = service.state.deployments.find((each) => each.id === record.deploymentId);
  const counted = (deploymentId: string | undefined) => {
    const { running, pending } = tally(service, deploymentId ?? '');
    return { runningTaskCount: running, pendingTaskCount: pending };
  };
  return {
    serviceDeploymentArn: record.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    status: record.status,
    targetServiceRevision: {
      arn: record.targetRevision,
      requestedTaskCount: state?.rollout === 'failed' || !state ? 0 : service.state.desiredCount,
      ...counted(record.deploymentId),
    },
    sourceServiceRevisions: record.sourceRevisions.map((arn) => ({
      arn,
      requestedTaskCount: 0,
      ...counted(service.state.deployments.find((each) => each.revision === arn)?.id),
    })),
    deploymentCircuitBreaker: record.breaker,
    alarms: {
      status: record.alarms.status,
      alarmNames: record.settings.deploymentConfiguration?.alarms?.alarmNames ?? [],
      triggeredAlarmNames: [...record.alarms.triggered],
    },
    ...(record.rollback && {
      rollback: {
        reason: record.rollback.reason,
        startedAt: record.rollback.startedAt,
        serviceRevisionArn: record.rollback.revision,
      },
    }),
    ...(record.settings.deploymentConfiguration && {
      deploymentConfiguration: record.settings.deploymentConfiguration,
    }),
    ...(record.startedAt && { startedAt: record.startedAt }),
    ...(record.finishedAt && { finishedAt: record.finishedAt }),
    ...(record.finishedAt && record.status === 'STOPPED' && { stoppedAt: record.finishedAt }),
    ...(record.statusReason && { statusReason: record.statusReason }),
  };
}

function revision(service: ServiceRecord, { arn, settings, createdAt }: Revision): ServiceRevision {
  const { taskDefinition, launchType, capacityProviderStrategy, platformVersion } = settings;
  const { networkConfiguration, loadBalancers, serviceRegistries } = settings;
  return {
    serviceRevisionArn: arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    createdAt,
    guardDutyEnabled: false,
    taskDefinition,
    ...(launchType && { launchType }),
    ...(capacityProviderStrategy && { capacityProviderStrategy }),
    ...(platformVersion && { platformVersion }),
    ...(networkConfiguration && { networkConfiguration }),
    ...(loadBalancers && { loadBalancers }),
    ...(serviceRegistries && { serviceRegistries }),
  };
}
