import type { ContainerInstance } from '@aws-sdk/client-ecs';
import Type from 'typebox';
import { tasksOn, withUse } from '../capacity/host-use';
import type { EmbeddedEcs } from '../embedded-ecs';
import { invalidParameter } from '../protocol/ecs-error';
import { requestParser } from './request-schemas';

const parseDeregister = requestParser(
  Type.Object({ containerInstance: Type.String(), force: Type.Optional(Type.Boolean()) }),
);

/** The answer to DescribeContainerInstances: the instances are moto's, what their tasks take is ours. */
export const describeContainerInstances = (ecs: EmbeddedEcs, body: unknown, region: string) =>
  answerWithUse(ecs, 'DescribeContainerInstances', body, region);

/** A draining instance keeps its tasks and takes no new ones. */
export const updateContainerInstancesState = (ecs: EmbeddedEcs, body: unknown, region: string) =>
  answerWithUse(ecs, 'UpdateContainerInstancesState', body, region);

async function answerWithUse(
  ecs: EmbeddedEcs,
  action: string,
  body: unknown,
  region: string,
): Promise<object> {
  const { containerInstances, ...answer } = await ecs.motoEcs.aboutInstances<{
    containerInstances: ContainerInstance[];
  }>(action, body, region);
  return {
    ...answer,
    containerInstances: containerInstances.map((each) => withUse(each, ecs.tasks.records())),
  };
}

/**
 * Lets moto deregister a container instance only if none of our tasks is on it, or by force: its tasks go on then.
 * @throws EcsError InvalidParameterException
 */
export function checkHasNoTasks(ecs: EmbeddedEcs, body: unknown): void {
  const { containerInstance, force } = parseDeregister(body);
  if (!force && tasksOn(containerInstance, ecs.tasks.records()).length > 0)
    throw invalidParameter('Found running tasks on the instance.');
}
