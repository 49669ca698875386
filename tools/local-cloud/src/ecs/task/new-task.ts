import { lastOf, newTaskId, taskArn, type ClusterName } from '../protocol/arns';
import type { TaskRecord } from './task-record';
import type { TaskRegistry } from './task-registry';

/** What is decided about a task before it starts; the rest of its record is what happens to it. */
type Decided = Pick<
  TaskRecord,
  | 'taskDefinitionArn'
  | 'group'
  | 'startedBy'
  | 'launchType'
  | 'capacityProvider'
  | 'placement'
  | 'overrides'
  | 'enableExecuteCommand'
  | 'tags'
>;

/** The record of a task that is about to be started. */
export function newTask(
  cluster: ClusterName,
  decided: Decided,
  registry: TaskRegistry,
  createdAt: Date,
): TaskRecord {
  const id = newTaskId();
  const family = familyOf(decided.taskDefinitionArn);
  return {
    ...decided,
    id,
    arn: taskArn(cluster, id),
    clusterArn: cluster.arn,
    region: cluster.region,
    family,
    createdAt,
    version: 1,
    definition: undefined,
    lastStatus: 'PROVISIONING',
    desiredStatus: 'RUNNING',
    health: 'UNKNOWN',
    containers: [],
    startedAt: undefined,
    readyAt: undefined,
    stoppingAt: undefined,
    stoppedAt: undefined,
    stopCode: undefined,
    stoppedReason: undefined,
    logPath: registry.logPath(family, id),
  };
}

/** The family of `…:task-definition/<family>:<revision>`. */
const familyOf = (taskDefinitionArn: string): string =>
  lastOf(taskDefinitionArn).replace(/:\d+$/, '');
