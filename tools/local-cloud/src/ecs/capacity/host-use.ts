import type { ContainerInstance } from '@aws-sdk/client-ecs';
import { lastOf } from '../protocol/arns';
import { countTasks } from '../task/count-tasks';
import type { TaskRecord } from '../task/task-record';
import { remainingResources, type Host } from './place-task';

/** A container instance with what its tasks leave of it. A task takes its share until it is STOPPED. */
export function withUse(
  instance: ContainerInstance,
  tasks: readonly TaskRecord[],
): ContainerInstance {
  const onIt = tasksOn(instance.containerInstanceArn ?? '', tasks);
  return {
    ...instance,
    remainingResources: remainingResources(
      instance.registeredResources ?? [],
      onIt.flatMap(({ placement }) => placement?.demand ?? []),
    ),
    ...countTasks(onIt),
  };
}

/** The container instances that take new tasks. */
export const openHosts = (
  instances: readonly ContainerInstance[],
  tasks: readonly TaskRecord[],
): Host[] =>
  instances
    .filter(({ status }) => status === 'ACTIVE')
    .map((instance) => ({
      arn: instance.containerInstanceArn ?? '',
      remaining: withUse(instance, tasks).remainingResources ?? [],
    }));

/** The tasks on a container instance that are not STOPPED. @param instance its ARN or id */
export const tasksOn = (instance: string, tasks: readonly TaskRecord[]): TaskRecord[] =>
  tasks.filter(
    ({ placement, lastStatus }) =>
      placement &&
      lastStatus !== 'STOPPED' &&
      lastOf(placement.containerInstanceArn) === lastOf(instance),
  );
