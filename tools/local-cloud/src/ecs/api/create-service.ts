import type { CreateServiceCommandInput, CreateServiceCommandOutput } from '@aws-sdk/client-ecs';
import { onePerHost } from '../capacity/one-per-host';
import { newService } from '../deployment/new-service';
import type { EmbeddedEcs } from '../embedded-ecs';
import { serviceArn, type ClusterName } from '../protocol/arns';
import { invalidParameter } from '../protocol/ecs-error';
import type { Output } from '../protocol/json-protocol';
import type { ServiceRecord } from '../service/service-record';
import { capacityOf, checkSettings, roomFor } from './check-service';
import { withDefaultLaunch } from './default-launch';
import { describeService } from './describe-service';
import { requestParser, schemas } from './request-schemas';
import { echoed, limitsOf, safeguardsOf, withDefaults } from './service-settings';
import { checkLaunch } from './validate/launch';
import { checkNewService } from './validate/service-request';
import { checkSupported } from './validate/unsupported-settings';

const parse = requestParser<typeof schemas.createService, CreateServiceCommandInput>(
  schemas.createService,
);

/**
 * Creates a service and rolls it out; a request that repeats a client token returns the service of the first one.
 * @throws EcsError ClusterNotFoundException, ClientException, InvalidParameterException
 */
export async function createService(
  ecs: EmbeddedEcs,
  body: unknown,
  region: string,
): Promise<Output<CreateServiceCommandOutput>> {
  const request = parse(body);
  const cluster = await ecs.motoEcs.cluster(request.cluster, region);
  const service = await ecs.clientTokens.once(
    `CreateService ${cluster.arn}`,
    request,
    () => newServiceOf(ecs, cluster, request),
    () => notIdempotent,
  );
  // ECS returns before anything has happened to the service.
  return { service: { ...describeService(service, true, ecs.clock), events: [] } };
}

const notIdempotent = invalidParameter('Creation of service was not idempotent.');

async function newServiceOf(
  ecs: EmbeddedEcs,
  cluster: ClusterName,
  request: ReturnType<typeof parse>,
): Promise<ServiceRecord> {
  const { region } = cluster;
  const name = request.serviceName;
  const existing = ecs.services.find(cluster.arn, name);
  if (existing && existing.status !== 'INACTIVE')
    throw existing.status === 'DRAINING'
      ? invalidParameter('Unable to Start a service that is still Draining.')
      : notIdempotent;
  checkNewService(request);
  if (request.taskDefinition === undefined)
    throw invalidParameter('TaskDefinition cannot be blank.');
  const given = await withDefaultLaunch(ecs.motoEcs, cluster, echoed(request));
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
  return service;
}
