import type { Command, ServiceEvent } from '../deployment/state';
import { rolloutReason } from '../service/rollout-words';
import type { ServiceRecord } from '../service/service-record';
import type { EcsEvent } from './event-bus';

type Detail = readonly [
  type: EcsEvent['detailType'],
  severity: 'INFO' | 'WARN' | 'ERROR',
  name: string,
  deploymentId?: string,
];

/**
 * The events on the event bus that follow from what happened to a service and what its state machine decided.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html
 */
export function serviceEvents(
  service: ServiceRecord,
  happened: ServiceEvent,
  commands: readonly Command[],
  time: Date,
): EcsEvent[] {
  const started = happened.kind === 'deploy' ? [inProgress(happened.id)] : [];
  return [...started, ...commands.flatMap(detailsOf)].map(
    ([detailType, eventType, eventName, deploymentId]): EcsEvent => ({
      detailType,
      resources: [service.arn],
      region: service.cluster.region,
      time,
      detail:
        deploymentId === undefined
          ? { eventType, eventName, clusterArn: service.cluster.arn, createdAt: time.toISOString() }
          : {
              eventType,
              eventName,
              deploymentId,
              updatedAt: time.toISOString(),
              reason: reasonOf(service, deploymentId),
            },
    }),
  );
}

const changed = 'ECS Deployment State Change';
const inProgress = (id: string): Detail => [changed, 'INFO', 'SERVICE_DEPLOYMENT_IN_PROGRESS', id];
const completed = (id: string): Detail => [changed, 'INFO', 'SERVICE_DEPLOYMENT_COMPLETED', id];
const failed = (id: string): Detail => [changed, 'ERROR', 'SERVICE_DEPLOYMENT_FAILED', id];

function detailsOf(command: Command): Detail[] {
  switch (command.kind) {
    case 'deployment-completed':
      return [completed(command.deploymentId)];
    case 'deployment-failed': {
      const { rollback, deploymentId } = command;
      const back = rollback.kind === 'to' ? [inProgress(rollback.deployment.id)] : [];
      return [failed(deploymentId), ...back];
    }
    case 'rollback-completed':
      return [completed(command.to)];
    case 'rollback-failed':
      return [failed(command.to)];
    case 'steady-state':
      return [['ECS Service Action', 'INFO', 'SERVICE_STEADY_STATE']];
    case 'start-impaired':
      return [['ECS Service Action', 'WARN', 'SERVICE_TASK_START_IMPAIRED']];
    case 'cannot-place':
      return [['ECS Service Action', 'ERROR', 'SERVICE_TASK_PLACEMENT_FAILURE']];
    default:
      return [];
  }
}

const reasonOf = ({ state }: ServiceRecord, id: string): string => {
  const deployment = state.deployments.find((each) => each.id === id);
  return deployment ? rolloutReason(deployment) : '';
};
