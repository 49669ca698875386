import type { EmbeddedEcs } from '../embedded-ecs';
import { EcsError } from '../protocol/ecs-error';
import { clusterName } from '../protocol/arns';
import { requestParser } from './request-schemas';
import Type from 'typebox';

const parse = requestParser(Type.Object({ cluster: Type.String() }));

/**
 * Lets moto delete a cluster only when nothing of ours is left in it.
 * @throws EcsError ClusterContainsServicesException, ClusterContainsTasksException
 */
export async function checkClusterIsEmpty(
  ecs: EmbeddedEcs,
  body: unknown,
  region: string,
): Promise<void> {
  const { arn } = await ecs.motoEcs.cluster(parse(body).cluster, region);
  const { name } = clusterName(arn);
  const inUse = ecs.services
    .all()
    .some((service) => service.cluster.arn === arn && service.status !== 'INACTIVE');
  if (inUse)
    throw new EcsError(
      'ClusterContainsServicesException',
      `The Cluster cannot be deleted while Services are active: ${name}.`,
    );
  const running = ecs.tasks
    .records()
    .some(({ clusterArn, lastStatus }) => clusterArn === arn && lastStatus !== 'STOPPED');
  if (running)
    throw new EcsError(
      'ClusterContainsTasksException',
      `The Cluster cannot be deleted while Tasks are active: ${name}.`,
    );
}
