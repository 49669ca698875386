import type {
  RunTaskCommandInput,
  RunTaskCommandOutput,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import { chooseCapacityProvider } from '../capacity/choose-capacity-provider';
import type { EmbeddedEcs } from '../embedded-ecs';
import type { ClusterName } from '../protocol/arns';
import { EcsError } from '../protocol/ecs-error';
import type { Output } from '../protocol/json-protocol';
import { newTask } from '../task/new-task';
import { superviseTask, type TaskObserver } from '../task/supervise-task';
import { describeTask, type TaskRecord } from '../task/task-record';
import { requestParser, schemas } from './request-schemas';
import { checkExistingNetwork } from './validate/existing-network';
import { checkLaunch } from './validate/launch';

const parse = requestParser<typeof schemas.runTask, RunTaskCommandInput>(schemas.runTask);

/** A task without a service: its end has no consequences. */
const unobserved: TaskObserver = {
  onRunning: () => {},
  onReady: () => {},
  onUnhealthy: () => {},
  onRegistered: () => {},
  onDraining: () => {},
  onStopped: () => {},
};

/**
 * Starts tasks; a request that repeats a client token returns those that the first one started.
 * @throws EcsError ClusterNotFoundException, ClientException, InvalidParameterException, ConflictException
 */
export async function runTask(
  ecs: EmbeddedEcs,
  body: unknown,
  region: string,
): Promise<Output<RunTaskCommandOutput>> {
  const request = parse(body);
  const cluster = await ecs.motoEcs.cluster(request.cluster, region);
  const start = async () => {
    const definition = await ecs.motoEcs.taskDefinition(request.taskDefinition, region);
    checkLaunch(definition, request);
    if (request.networkConfiguration)
      await checkExistingNetwork(ecs.query, request.networkConfiguration, region);
    return Array.from({ length: request.count ?? 1 }, () =>
      startTask(ecs, cluster, definition, request),
    );
  };
  const started = await ecs.clientTokens.once(`RunTask ${cluster.arn}`, request, start, conflict);
  return { tasks: started.map((task) => describeTask(task, true)), failures: [] };
}

function startTask(
  ecs: EmbeddedEcs,
  cluster: ClusterName,
  definition: TaskDefinition,
  request: RunTaskCommandInput,
): TaskRecord {
  const strategy = request.capacityProviderStrategy ?? [];
  const record = newTask(
    cluster,
    {
      taskDefinitionArn: definition.taskDefinitionArn ?? '',
      group: request.group ?? `family:${definition.family ?? ''}`,
      startedBy: request.startedBy,
      launchType: strategy.length > 0 ? undefined : (request.launchType ?? 'EC2'),
      capacityProvider: chooseCapacityProvider(strategy, new Map()),
      overrides: { containerOverrides: [], ...request.overrides },
      enableExecuteCommand: request.enableExecuteCommand ?? false,
      tags: request.tags ?? [],
    },
    ecs.tasks,
    ecs.clock.dateOf(ecs.clock.now()),
  );
  const assignment = { loadBalancers: [], gracePeriodMs: 0 };
  ecs.tasks.add(superviseTask(record, assignment, ecs.taskDeps, unobserved));
  return record;
}

const conflict = (tasks: readonly TaskRecord[]): EcsError =>
  new EcsError(
    'ConflictException',
    `The clientToken is already in use with a different RunTask request, which started ${tasks.map(({ arn }) => arn).join(', ')}.`,
  );
