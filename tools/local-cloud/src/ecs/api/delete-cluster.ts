import type { EmbeddedEcs } from '../embedded-ecs';
import { EcsError } from '../protocol/ecs-error';
import { requestParser } from './request-schemas';
import Type from 'typebox';

const parse = requestParser(Type.Object({ cluster: Type.String() }));

/**
 * Lets moto delete a cluster only if nothing is left in it.
 * @throws EcsError ClusterContainsServicesException, ClusterContainsTasksException,
 *   ClusterContainsContainerInstancesException
 */
export async function checkClusterIsEmpty(
  ecs: EmbeddedEcs,
  body: unknown,
  region: string,
): Promise<void> {
  const cluster = await ecs.motoEcs.cluster(parse(body).cluster, region);
  const inUse = ecs.services
    .all()
    .some((service) => service.cluster.arn === cluster.arn && service.status !== 'INACTIVE');
  if (inUse)
    throw new EcsError(
      'ClusterContainsServicesException',
      'The Cluster cannot be deleted while Services are active.',
    );
  const running = ecs.tasks
    .records()
    .some(({ clusterArn, lastStatus }) => clusterArn === cluster.arn && lastStatus !== 'STOPPED');
  if (running)
    throw new EcsError(
      'ClusterContainsTasksException',
      'The Cluster cannot be deleted while Tasks are active.',
    );
  if ((await ecs.motoEcs.containerInstances(cluster)).length > 0)
    throw new EcsError(
      'ClusterContainsContainerInstancesException',
      'The Cluster cannot be deleted while Container Instances are active or draining.',
    );
}
