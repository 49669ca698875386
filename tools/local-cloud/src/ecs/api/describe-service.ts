import type { Deployment, Service } from '@aws-sdk/client-ecs';
import type { CloudClock } from '../../clock/faster-clock';
import type { DeploymentState } from '../deployment/state';
import { currentRolloutOf } from '../service/follow-rollout';
import { rolloutReason } from '../service/rollout-words';
import type { ServiceRecord } from '../service/service-record';
import type { ReadMoment } from './read-moment';
import { isOnFargate } from './validate/launch';

/** The service in the API's shape. */
export function describeService(
  service: ServiceRecord,
  withTags: boolean,
  { dateOf }: CloudClock,
  isVisible: ReadMoment = () => true,
): Service {
  const { role, ...echoed } = service.settings;
  const deployments = visibleDeployments(service, isVisible);
  const isStale = deployments.length < service.state.deployments.length;
  const primary = service.revisions.get(deployments[0]?.revision ?? '')?.settings;
  const current = isStale ? undefined : currentRolloutOf(service);
  const counts = tally(service);
  return {
    ...echoed,
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.cluster.arn,
    status: service.status,
    desiredCount: service.state.desiredCount,
    runningCount: counts.running,
    pendingCount: counts.pending,
    loadBalancers: echoed.loadBalancers ?? [],
    serviceRegistries: echoed.serviceRegistries ?? [],
    placementConstraints: echoed.placementConstraints ?? [],
    placementStrategy: echoed.placementStrategy ?? [],
    ...(isStale && primary && { taskDefinition: primary.taskDefinition }),
    deployments: deployments.map((each, index) =>
      describeDeployment(service, each, index === 0, dateOf),
    ),
    events: [...service.events],
    createdAt: service.createdAt,
    createdBy: `${service.cluster.prefix.replace(':ecs:', ':iam:').replace(/:[^:]*:(\d*)$/, '::$1')}:root`,
    currentServiceRevisions: deployments.map((each) => {
      const own = tally(service, each.id);
      return {
        arn: each.revision,
        requestedTaskCount: own.running + own.pending,
        runningTaskCount: own.running,
        pendingTaskCount: own.pending,
      };
    }),
    ...(role && { roleArn: role }),
    ...(isOnFargate(service.settings) && {
      platformFamily: 'Linux',
      platformVersion: echoed.platformVersion ?? 'LATEST',
    }),
    ...(current && { currentServiceDeployment: current.arn }),
    ...(withTags && { tags: service.tags }),
  };
}

/** Without those that a read does not show yet; a service that it shows has at least one. */
function visibleDeployments(
  { state, rollouts }: ServiceRecord,
  isVisible: ReadMoment,
): readonly DeploymentState[] {
  const hidden = new Set(
    rollouts.filter(({ createdAt }) => !isVisible(createdAt)).map((each) => each.deploymentId),
  );
  const visible = state.deployments.filter(({ id }) => !hidden.has(id));
  return visible.length > 0 ? visible : state.deployments;
}

/** Tasks of a service, or of one of its deployments. */
export function tally(service: ServiceRecord, deploymentId?: string) {
  const tasks = service.state.tasks.filter(
    (task) => deploymentId === undefined || task.deploymentId === deploymentId,
  );
  const pending = tasks.filter((task) => task.phase === 'starting').length;
  return { running: tasks.length - pending, pending };
}

function describeDeployment(
  service: ServiceRecord,
  deployment: DeploymentState,
  primary: boolean,
  dateOf: CloudClock['dateOf'],
): Deployment {
  const settings = service.revisions.get(deployment.revision)?.settings ?? service.settings;
  const { running, pending } = tally(service, deployment.id);
  return {
    id: deployment.id,
    status: primary ? 'PRIMARY' : 'ACTIVE',
    taskDefinition: settings.taskDefinition,
    desiredCount: primary ? service.state.desiredCount : 0,
    runningCount: running,
    pendingCount: pending,
    failedTasks: deployment.failedTasks,
    createdAt: dateOf(deployment.createdAt),
    updatedAt: dateOf(deployment.updatedAt),
    rolloutState: rolloutStates[deployment.rollout],
    rolloutStateReason: rolloutReason(deployment),
    ...(settings.capacityProviderStrategy && {
      capacityProviderStrategy: settings.capacityProviderStrategy,
    }),
    ...(settings.launchType && { launchType: settings.launchType }),
    ...(settings.networkConfiguration && { networkConfiguration: settings.networkConfiguration }),
    ...(isOnFargate(settings) && {
      platformFamily: 'Linux',
      platformVersion: settings.platformVersion ?? 'LATEST',
    }),
  };
}

const rolloutStates = {
  'in-progress': 'IN_PROGRESS',
  completed: 'COMPLETED',
  failed: 'FAILED',
} as const;
