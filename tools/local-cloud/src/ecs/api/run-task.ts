import type {
  ContainerInstance,
  Failure,
  RunTaskCommandInput,
  RunTaskCommandOutput,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import { chooseCapacityProvider } from '../capacity/choose-capacity-provider';
import { openHosts } from '../capacity/host-use';
import { placeTask } from '../capacity/place-task';
import { taskDemand } from '../capacity/task-demand';
import type { EmbeddedEcs } from '../embedded-ecs';
import type { ClusterName } from '../protocol/arns';
import { EcsError, invalidParameter } from '../protocol/ecs-error';
import type { Output } from '../protocol/json-protocol';
import { newTask } from '../task/new-task';
import { superviseTask, type TaskObserver } from '../task/supervise-task';
import { describeTask, type TaskRecord } from '../task/task-record';
import { withDefaultLaunch } from './default-launch';
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
 * Starts tasks, those of EC2 on container instances with room for them; a request that repeats a client token returns
 * what the first one did.
 * @returns the started tasks, and why the others found no place
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
    const launch = await withDefaultLaunch(ecs.motoEcs, cluster, request);
    const definition = await ecs.motoEcs.taskDefinition(request.taskDefinition, region);
    checkLaunch(definition, launch);
    if (request.networkConfiguration)
      await checkExistingNetwork(ecs.query, request.networkConfiguration, region);
    const instances =
      launch.launchType === 'EC2' ? await ecs.motoEcs.containerInstances(cluster) : undefined;
    if (instances && !instances.some(({ status }) => status === 'ACTIVE'))
      throw invalidParameter('No Container Instances were found in your cluster.');
    // From here on nothing waits: the next request sees what this one takes.
    return startTasks(ecs, { cluster, definition, request: launch, instances });
  };
  const { started, failures } = await ecs.clientTokens.once(
    `RunTask ${cluster.arn}`,
    request,
    start,
    conflict,
  );
  return { tasks: started.map((task) => describeTask(task, true)), failures };
}

interface Launching {
  readonly cluster: ClusterName;
  readonly definition: TaskDefinition;
  readonly request: RunTaskCommandInput;
  /** Those that have to have room for the tasks; undefined if there is room for any number. */
  readonly instances: readonly ContainerInstance[] | undefined;
}

interface Launched {
  readonly started: readonly TaskRecord[];
  readonly failures: Failure[];
}

function startTasks(ecs: EmbeddedEcs, launching: Launching): Launched {
  const { definition, request, instances } = launching;
  const demand = taskDemand(definition, request.overrides);
  const started: TaskRecord[] = [];
  const failures: Failure[] = [];
  for (let count = request.count ?? 1; count > 0; count -= 1) {
    const place = instances && placeTask(openHosts(instances, ecs.tasks.records()), demand);
    if (place && 'failures' in place) failures.push(...place.failures);
    else
      started.push(startTask(ecs, launching, place && { containerInstanceArn: place.arn, demand }));
  }
  return { started, failures };
}

function startTask(
  ecs: EmbeddedEcs,
  { cluster, definition, request }: Launching,
  placement: TaskRecord['placement'],
): TaskRecord {
  const record = newTask(
    cluster,
    {
      taskDefinitionArn: definition.taskDefinitionArn ?? '',
      group: request.group ?? `family:${definition.family ?? ''}`,
      startedBy: request.startedBy,
      launchType: request.launchType,
      capacityProvider: chooseCapacityProvider(request.capacityProviderStrategy ?? [], new Map()),
      placement,
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

const conflict = ({ started }: Launched): EcsError =>
  new EcsError(
    'ConflictException',
    `The clientToken is already in use with a different RunTask request, which started ${started.map(({ arn }) => arn).join(', ')}.`,
  );
