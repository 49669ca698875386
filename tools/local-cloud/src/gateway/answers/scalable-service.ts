import { EcsError } from '../../ecs/protocol/ecs-error';
import type { ServiceRegistry } from '../../ecs/service/service-registry';

/**
 * Application Auto Scaling takes only services that exist. moto keeps the scalable targets but not
 * the services, so this part of RegisterScalableTarget is checked here.
 * @throws EcsError ValidationException
 */
export function checkScalableService(
  input: unknown,
  region: string,
  services: ServiceRegistry,
): void {
  if (input === null || typeof input !== 'object') return;
  const resourceId: unknown = Reflect.get(input, 'ResourceId');
  if (Reflect.get(input, 'ServiceNamespace') !== 'ecs' || typeof resourceId !== 'string') return;
  const [, cluster, name] = resourceId.split('/');
  const exists = services
    .all()
    .some(
      (service) =>
        service.status === 'ACTIVE' &&
        service.name === name &&
        service.cluster.name === cluster &&
        service.cluster.region === region,
    );
  if (!exists)
    throw new EcsError('ValidationException', `ECS service doesn't exist: ${resourceId}`);
}
