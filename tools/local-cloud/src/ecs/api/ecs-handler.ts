import type { EmbeddedEcs } from '../embedded-ecs';
import {
  checkHasNoTasks,
  describeContainerInstances,
  updateContainerInstancesState,
} from './container-instances';
import { checkClusterIsEmpty } from './delete-cluster';
import { describeClusters } from './describe-clusters';
import { describeServices, listServices } from './read-services';
import { withoutNulls } from './request-schemas';
import {
  describeServiceDeployments,
  describeServiceRevisions,
  listServiceDeployments,
} from './service-deployments';
import { stopServiceDeployment } from './stop-service-deployment';
import { listTags, ownsTags, tagResource, untagResource } from './tags';
import { runTask } from './run-task';
import { describeTasks, listTasks, stopTask } from './tasks';
import { checkTaskDefinition, type TaskDefinitionRequest } from './validate/task-definition';
import { createService } from './create-service';
import { deleteService, updateService } from './write-services';
import { notSupported } from '../protocol/ecs-error';

type Action = (ecs: EmbeddedEcs, body: unknown, region: string) => Promise<object>;

const actions: Readonly<Record<string, Action>> = {
  DescribeClusters: describeClusters,
  CreateService: createService,
  UpdateService: updateService,
  DeleteService: deleteService,
  DescribeServices: describeServices,
  ListServices: listServices,
  ListServiceDeployments: listServiceDeployments,
  DescribeServiceDeployments: describeServiceDeployments,
  DescribeServiceRevisions: describeServiceRevisions,
  StopServiceDeployment: stopServiceDeployment,
  DescribeContainerInstances: describeContainerInstances,
  UpdateContainerInstancesState: updateContainerInstancesState,
  RunTask: runTask,
  StopTask: stopTask,
  ListTasks: listTasks,
  DescribeTasks: describeTasks,
};

/** moto keeps task sets apart from the services here, and would start tasks that do not run. */
const unsupportedActions: ReadonlySet<string> = new Set([
  'CreateTaskSet',
  'DeleteTaskSet',
  'DescribeTaskSets',
  'StartTask',
  'UpdateServicePrimaryTaskSet',
  'UpdateTaskSet',
]);

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
  if (unsupportedActions.has(action)) throw notSupported(action);
  const body = withoutNulls(json);
  if (action === 'RegisterTaskDefinition') checkTaskDefinition(body as TaskDefinitionRequest);
  if (action === 'DeleteCluster') {
    await checkClusterIsEmpty(ecs, body, region);
    return undefined;
  }
  if (action === 'DeregisterContainerInstance') {
    checkHasNoTasks(ecs, body);
    return undefined;
  }
  const answer = tagActions[action] && ownsTags(body) ? tagActions[action] : actions[action];
  return answer?.(ecs, body, region);
}
