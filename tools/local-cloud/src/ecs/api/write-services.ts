import type {
  DeleteServiceCommandOutput,
  UpdateServiceCommandInput,
  UpdateServiceCommandOutput,
} from '@aws-sdk/client-ecs';
import { onePerHost } from '../capacity/one-per-host';
import type { EmbeddedEcs } from '../embedded-ecs';
import { invalidParameter, serviceNotActive, serviceNotFound } from '../protocol/ecs-error';
import type { Output } from '../protocol/json-protocol';
import type { ServiceRecord } from '../service/service-record';
import { capacityOf, checkSettings, roomFor } from './check-service';
import { describeService } from './describe-service';
import { requestParser, schemas } from './request-schemas';
import { echoed, isNewRevision, limitsOf, safeguardsOf, updated } from './service-settings';
import { checkLaunch } from './validate/launch';
import { checkSupported } from './validate/unsupported-settings';

const parseUpdate = requestParser<typeof schemas.updateService, UpdateServiceCommandInput>(
  schemas.updateService,
);
const parseDelete = requestParser(schemas.deleteService);

export async function updateService(
  ecs: EmbeddedEcs,
  body: unknown,
  region: string,
): Promise<Output<UpdateServiceCommandOutput>> {
  const request = parseUpdate(body);
  const service = await existingService(ecs, request, region);
  if (service.status !== 'ACTIVE') throw serviceNotActive();
  checkSupported(echoed(request));
  const { taskDefinition = service.settings.taskDefinition ?? '' } = request;
  const definition = await ecs.motoEcs.taskDefinition(taskDefinition, region);
  const changes = { ...request, taskDefinition: definition.taskDefinitionArn };
  const checked = updated(service.settings, changes);
  if (request.forceNewDeployment || isNewRevision(service.settings, checked))
    checkLaunch(definition, checked);
  await checkSettings(ecs, definition, checked, region);
  const capacity = await capacityOf(ecs, checked, region);
  // Another update may have come in between; from here on none can.
  const before = service.settings;
  const after = updated(before, changes);
  service.settings = after;
  service.capacity = capacity;
  service.onePerHost = onePerHost(definition);
  ecs.scheduler.dispatch(service, {
    kind: 'configure',
    limits: limitsOf(after),
    safeguards: safeguardsOf(after),
    capacity: roomFor(after, capacity, definition),
    ...(request.desiredCount !== undefined && { desiredCount: request.desiredCount }),
  });
  if (request.forceNewDeployment || isNewRevision(before, after)) ecs.scheduler.deploy(service);
  return { service: describeService(service, true, ecs.clock) };
}

export async function deleteService(
  ecs: EmbeddedEcs,
  body: unknown,
  region: string,
): Promise<Output<DeleteServiceCommandOutput>> {
  const request = parseDelete(body);
  const service = await existingService(ecs, request, region);
  if (service.status === 'INACTIVE') throw serviceNotFound();
  if (service.state.desiredCount > 0 && !request.force)
    throw invalidParameter('The service cannot be stopped while it is scaled above 0.');
  if (service.status === 'ACTIVE') {
    service.status = 'DRAINING';
    ecs.scheduler.dispatch(service, { kind: 'configure', desiredCount: 0 });
    ecs.scheduler.dispatch(service, { kind: 'drain' });
  }
  return { service: describeService(service, false, ecs.clock) };
}

/**
 * The service a request names.
 * @throws EcsError ClusterNotFoundException, ServiceNotFoundException
 */
export async function existingService(
  ecs: EmbeddedEcs,
  { cluster, service }: { cluster?: string | undefined; service: string },
  region: string,
): Promise<ServiceRecord> {
  const { arn } = await ecs.motoEcs.cluster(cluster, region);
  const found = ecs.services.find(arn, service);
  if (!found) throw serviceNotFound();
  return found;
}
