import type {
  CreateServiceCommandInput,
  CreateServiceCommandOutput,
  DeleteServiceCommandOutput,
  TaskDefinition,
  UpdateServiceCommandInput,
  UpdateServiceCommandOutput,
} from '@aws-sdk/client-ecs';
import { serviceArn } from '../protocol/arns';
import { totalCapacity, type HostCapacity } from '../capacity/host-capacity';
import { onePerHost } from '../capacity/one-per-host';
import { newService } from '../deployment/new-service';
import type { EmbeddedEcs } from '../embedded-ecs';
import type { ServiceRecord, ServiceSettings } from '../service/service-record';
import type { Output } from '../protocol/json-protocol';
import { describeService } from './describe-service';
import { invalidParameter, serviceNotActive, serviceNotFound } from '../protocol/ecs-error';
import { requestParser, schemas } from './request-schemas';
import { checkExistingNetwork } from './validate/existing-network';
import { checkLaunch } from './validate/launch';
import { checkTargetContainer, checkTargetGroup } from './validate/load-balancers';
import { checkDeploymentConfiguration, checkNewService } from './validate/service-request';
import { checkSupported } from './validate/unsupported-settings';
import {
  echoed,
  isNewRevision,
  limitsOf,
  safeguardsOf,
  updated,
  withDefaults,
} from './service-settings';

const parseCreate = requestParser<typeof schemas.createService, CreateServiceCommandInput>(
  schemas.createService,
);
const parseUpdate = requestParser<typeof schemas.updateService, UpdateServiceCommandInput>(
  schemas.updateService,
);
const parseDelete = requestParser(schemas.deleteService);

export async function createService(
  ecs: EmbeddedEcs,
  body: unknown,
  region: string,
): Promise<Output<CreateServiceCommandOutput>> {
  const request = parseCreate(body);
  const cluster = await ecs.motoEcs.cluster(request.cluster, region);
  const name = request.serviceName;
  const existing = ecs.services.find(cluster.arn, name);
  if (existing && existing.status !== 'INACTIVE')
    throw invalidParameter(
      existing.status === 'DRAINING'
        ? 'Unable to Start a service that is still Draining.'
        : 'Creation of service was not idempotent.',
    );
  checkNewService(request);
  if (request.taskDefinition === undefined)
    throw invalidParameter('TaskDefinition cannot be blank.');
  const given = echoed(request);
  checkSupported(given);
  const definition = await ecs.motoEcs.taskDefinition(request.taskDefinition, region);
  checkLaunch(definition, given);
  const settings = withDefaults({ ...given, taskDefinition: definition.taskDefinitionArn });
  await checkSettings(ecs, definition, settings, region);
  const capacity = await capacityOf(ecs, settings, region);
  const service: ServiceRecord = {
    arn: serviceArn(cluster, name),
    name,
    cluster,
    createdAt: ecs.clock.dateOf(ecs.clock.now()),
    settings,
    tags: request.tags ?? [],
    status: 'ACTIVE',
    state: newService(
      request.desiredCount ?? 0,
      limitsOf(settings),
      safeguardsOf(settings),
      roomFor(settings, capacity, definition),
    ),
    capacity,
    onePerHost: onePerHost(definition),
    unhealthyTasks: 0,
    revisions: new Map(),
    rollouts: [],
    events: [],
    tasks: new Map(),
  };
  ecs.services.add(service);
  ecs.scheduler.deploy(service);
  return { service: describeService(service, true, ecs.clock) };
}

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
    throw invalidParameter(
      'The service cannot be stopped while it is scaled above 0. Update the service to a desired count of 0, or delete it with force.',
    );
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

const capacityOf = (
  ecs: EmbeddedEcs,
  { taskDefinition = '', capacityProviderStrategy = [] }: ServiceSettings,
  region: string,
): Promise<HostCapacity> => ecs.motoEcs.capacity(taskDefinition, capacityProviderStrategy, region);

/** The launch type EC2 has one host here. */
const roomFor = (
  settings: ServiceSettings,
  capacity: HostCapacity,
  definition: TaskDefinition,
): number | undefined =>
  settings.launchType === 'EC2' && onePerHost(definition) === 'port'
    ? 1
    : totalCapacity(capacity, settings.capacityProviderStrategy ?? []);

/**
 * Refuses settings that do not fit each other or what exists, and opens the load balancers of its target groups.
 * @throws EcsError InvalidParameterException
 */
async function checkSettings(
  ecs: EmbeddedEcs,
  definition: TaskDefinition,
  settings: ServiceSettings,
  region: string,
): Promise<void> {
  checkDeploymentConfiguration(settings);
  const { networkConfiguration, loadBalancers = [] } = settings;
  if (networkConfiguration) await checkExistingNetwork(ecs.query, networkConfiguration, region);
  for (const loadBalancer of loadBalancers) {
    checkTargetContainer(definition, loadBalancer);
    const { targetGroupArn = '' } = loadBalancer;
    const group = await ecs.taskDeps.targetGroup(targetGroupArn);
    if (!group)
      throw invalidParameter(
        `Unable to assume the service linked role or find the target group ${targetGroupArn}.`,
      );
    checkTargetGroup(definition, group);
    await ecs.loadBalancers.openFor(targetGroupArn);
  }
}
