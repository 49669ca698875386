import type { EmbeddedEcs } from '../embedded-ecs';
import { checkClusterIsEmpty } from './delete-cluster';
import { describeServices, listServices } from './read-services';
import { withoutNulls } from './request-schemas';
import {
  describeServiceDeployments,
  describeServiceRevisions,
  listServiceDeployments,
} from './service-deployments';
import { stopServiceDeployment } from './stop-service-deployment';
import { listTags, ownsTags, tagResource, untagResource } from './tags';
import { describeTasks, listTasks, runTask, stopTask } from './tasks';
import { createService, deleteService, updateService } from './write-services';

type Action = (ecs: EmbeddedEcs, body: unknown, region: string) => Promise<object>;

const actions: Readonly<Record<string, Action>> = {
  CreateService: createService,
  UpdateService: updateService,
  DeleteService: deleteService,
  DescribeServices: describeServices,
  ListServices: listServices,
  ListServiceDeployments: listServiceDeployments,
  DescribeServiceDeployments: describeServiceDeployments,
  DescribeServiceRevisions: describeServiceRevisions,
  StopServiceDeployment: stopServiceDeployment,
  RunTask: runTask,
  StopTask: stopTask,
  ListTasks: listTasks,
  DescribeTasks: describeTasks,
};

const tagActions: Readonly<Record<string, Action>> = {
  ListTagsForResource: listTags,
  TagResource: tagResource,
  UntagResource: untagResource,
};

/**
 * Answers an action of the ECS API; undefined if moto has to, which keeps clusters, capacity
 * providers, task definitions and account settings.
 * @throws EcsError as ECS would
 */
export async function answerEcs(
  ecs: EmbeddedEcs,
  action: string,
  json: unknown,
  region: string,
): Promise<object | undefined> {
  const body = withoutNulls(json);
  if (action === 'DeleteCluster') {
    await checkClusterIsEmpty(ecs, body, region);
    return undefined;
  }
  const answer = tagActions[action] && ownsTags(body) ? tagActions[action] : actions[action];
  return answer?.(ecs, body, region);
}
