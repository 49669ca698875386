import type { StopServiceDeploymentCommandOutput } from '@aws-sdk/client-ecs';
import { realTime } from '../../clock/faster-clock';
import type { EmbeddedEcs } from '../embedded-ecs';
import { currentRolloutOf } from '../service/follow-rollout';
import type { Output } from '../protocol/json-protocol';
import { EcsError, invalidParameter, serviceDeploymentNotFound } from '../protocol/ecs-error';
import { requestParser, schemas } from './request-schemas';

/** How long, in real time, clients see ROLLBACK_REQUESTED. */
const requestShownMs = 250;

const parse = requestParser(schemas.stopServiceDeployment);

/**
 * Stops a service deployment and brings the previous revision back. One that goes back already goes on with that.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopServiceDeployment.html
 * @throws EcsError InvalidParameterException for another stop type, ServiceDeploymentNotFoundException, ConflictException if it has ended
 */
export function stopServiceDeployment(
  ecs: EmbeddedEcs,
  body: unknown,
): Promise<Output<StopServiceDeploymentCommandOutput>> {
  const { serviceDeploymentArn: arn, stopType = 'ROLLBACK' } = parse(body);
  if (stopType !== 'ROLLBACK')
    throw invalidParameter(`Invalid stopType ${stopType}. The valid values are ROLLBACK.`);
  const service = ecs.services
    .all()
    .find(({ rollouts }) => rollouts.some((rollout) => rollout.arn === arn));
  if (!service) throw serviceDeploymentNotFound();
  if (currentRolloutOf(service)?.arn !== arn)
    throw new EcsError(
      'ConflictException',
      'The service deployment has ended and cannot be stopped any more.',
    );
  ecs.scheduler.dispatch(service, {
    kind: 'stop',
    shownMs: realTime(ecs.clock, requestShownMs),
  });
  return Promise.resolve({ serviceDeploymentArn: arn });
}
