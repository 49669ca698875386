import type {
  DescribeServicesCommandOutput,
  ListServicesCommandInput,
  ListServicesCommandOutput,
} from '@aws-sdk/client-ecs';
import type { ClusterName } from '../protocol/arns';
import type { EmbeddedEcs } from '../embedded-ecs';
import type { Output } from '../protocol/json-protocol';
import { describeService } from './describe-service';
import { paged } from './paged';
import { requestParser, schemas } from './request-schemas';

const parseDescribe = requestParser(schemas.describeServices);
const parseList = requestParser<typeof schemas.listServices, ListServicesCommandInput>(
  schemas.listServices,
);

export async function describeServices(
  ecs: EmbeddedEcs,
  body: unknown,
  region: string,
): Promise<Output<DescribeServicesCommandOutput>> {
  const { services, include = [], ...request } = parseDescribe(body);
  const cluster = await ecs.motoEcs.cluster(request.cluster, region);
  const found = services.map((name) => ({ name, service: ecs.services.find(cluster.arn, name) }));
  return {
    services: found.flatMap(({ service }) =>
      service
        ? [describeService(service, include.includes('TAGS'), ecs.clock, ecs.readMoment())]
        : [],
    ),
    failures: found.flatMap(({ name, service }) =>
      service ? [] : [{ arn: missingArn(cluster, name), reason: 'MISSING' }],
    ),
  };
}

export async function listServices(
  ecs: EmbeddedEcs,
  body: unknown,
  region: string,
): Promise<Output<ListServicesCommandOutput>> {
  const request = parseList(body);
  const cluster = await ecs.motoEcs.cluster(request.cluster, region);
  const arns = ecs.services
    .all()
    .filter(
      ({ status, settings, ...service }) =>
        service.cluster.arn === cluster.arn &&
        status !== 'INACTIVE' &&
        (!request.launchType || settings.launchType === request.launchType) &&
        (!request.schedulingStrategy || settings.schedulingStrategy === request.schedulingStrategy),
    )
    .map((service) => service.arn);
  const { items, nextToken } = paged(arns, request, 10);
  return { serviceArns: items, nextToken };
}

/** ECS gives a missing service the ARN without its cluster: "arn:aws:ecs:…:service/web is MISSING". */
const missingArn = ({ prefix }: ClusterName, name: string): string =>
  name.startsWith('arn:') ? name : `${prefix}:service/${name}`;
