import type {
  DescribeTasksCommandOutput,
  ListTasksCommandInput,
  ListTasksCommandOutput,
  StopTaskCommandOutput,
} from '@aws-sdk/client-ecs';
import { lastOf, taskArn } from '../protocol/arns';
import type { EmbeddedEcs } from '../embedded-ecs';
import { describeTask } from '../task/task-record';
import type { Output } from '../protocol/json-protocol';
import { invalidParameter } from '../protocol/ecs-error';
import { paged } from './paged';
import { requestParser, schemas } from './request-schemas';

const parseStop = requestParser(schemas.stopTask);
const parseList = requestParser<typeof schemas.listTasks, ListTasksCommandInput>(schemas.listTasks);
const parseDescribe = requestParser(schemas.describeTasks);

export async function stopTask(
  ecs: EmbeddedEcs,
  body: unknown,
  region: string,
): Promise<Output<StopTaskCommandOutput>> {
  const request = parseStop(body);
  const cluster = await ecs.motoEcs.cluster(request.cluster, region);
  const task = ecs.tasks.find(cluster.arn, request.task);
  if (!task) throw invalidParameter('The referenced task was not found.');
  void task.stop('UserInitiated', request.reason ?? 'Task stopped by user');
  return { task: describeTask(task.record, false) };
}

export async function listTasks(
  ecs: EmbeddedEcs,
  body: unknown,
  region: string,
): Promise<Output<ListTasksCommandOutput>> {
  const request = parseList(body);
  const cluster = await ecs.motoEcs.cluster(request.cluster, region);
  const { serviceName, family, startedBy, launchType, desiredStatus = 'RUNNING' } = request;
  const instance = request.containerInstance && lastOf(request.containerInstance);
  const group = serviceName && `service:${lastOf(serviceName)}`;
  const arns = ecs.tasks
    .records()
    .filter(
      (record) =>
        record.clusterArn === cluster.arn &&
        record.desiredStatus === desiredStatus &&
        (!group || record.group === group) &&
        (!family || record.family === family) &&
        (!instance || lastOf(record.placement?.containerInstanceArn ?? '') === instance) &&
        (!startedBy || record.startedBy === startedBy) &&
        (!launchType || record.launchType === launchType),
    )
    .map(({ arn }) => arn);
  const { items, nextToken } = paged(arns, request, 100);
  return { taskArns: items, nextToken };
}

export async function describeTasks(
  ecs: EmbeddedEcs,
  body: unknown,
  region: string,
): Promise<Output<DescribeTasksCommandOutput>> {
  const { tasks, include = [], ...request } = parseDescribe(body);
  const cluster = await ecs.motoEcs.cluster(request.cluster, region);
  if (tasks.length === 0) throw invalidParameter('Tasks cannot be empty.');
  const found = tasks.map((name) => ({ name, task: ecs.tasks.find(cluster.arn, name) }));
  return {
    tasks: found.flatMap(({ task }) =>
      task ? [describeTask(task.record, include.includes('TAGS'))] : [],
    ),
    failures: found.flatMap(({ name, task }) =>
      task ? [] : [{ arn: taskArn(cluster, lastOf(name)), reason: 'MISSING' }],
    ),
  };
}
