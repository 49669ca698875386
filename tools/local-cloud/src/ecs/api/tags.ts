import type { ListTagsForResourceCommandOutput, Tag } from '@aws-sdk/client-ecs';
import type { EmbeddedEcs } from '../embedded-ecs';
import type { Output } from '../protocol/json-protocol';
import { invalidParameter, serviceNotFound } from '../protocol/ecs-error';
import { requestParser, schemas } from './request-schemas';

const parseList = requestParser(schemas.listTags);
const parseTag = requestParser<typeof schemas.tagResource, { tags?: Tag[] }>(schemas.tagResource);
const parseUntag = requestParser(schemas.untagResource);

/** Tags of services and tasks are ours; those of anything else in ECS are moto's. */
export const ownsTags = (body: unknown): boolean => {
  const arn: unknown =
    body !== null && typeof body === 'object' ? Reflect.get(body, 'resourceArn') : undefined;
  return typeof arn === 'string' && /:ecs:[^:]*:\d*:(service|task)\//.test(arn);
};

export function listTags(
  ecs: EmbeddedEcs,
  body: unknown,
): Promise<Output<ListTagsForResourceCommandOutput>> {
  return Promise.resolve({ tags: tagged(ecs, parseList(body).resourceArn).tags });
}

export function tagResource(ecs: EmbeddedEcs, body: unknown): Promise<object> {
  const { resourceArn, tags = [] } = parseTag(body);
  const resource = tagged(ecs, resourceArn);
  const replaced = new Set(tags.map(({ key }) => key));
  resource.tags = [...resource.tags.filter(({ key }) => !replaced.has(key ?? '')), ...tags];
  return Promise.resolve({});
}

export function untagResource(ecs: EmbeddedEcs, body: unknown): Promise<object> {
  const { resourceArn, tagKeys = [] } = parseUntag(body);
  const resource = tagged(ecs, resourceArn);
  resource.tags = resource.tags.filter(({ key }) => !tagKeys.includes(key ?? ''));
  return Promise.resolve({});
}

function tagged(ecs: EmbeddedEcs, arn: string): { tags: Tag[] } {
  if (arn.includes(':service/')) {
    const service = ecs.services.byArn(arn);
    if (!service) throw serviceNotFound();
    return service;
  }
  const task = ecs.tasks.all().find(({ record }) => record.arn === arn);
  if (!task) throw invalidParameter('The specified task is invalid.');
  return task.record;
}
