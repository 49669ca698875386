import type {
  Container,
  LaunchType,
  Tag,
  Task,
  TaskDefinition,
  TaskOverride,
  TaskStopCode,
} from '@aws-sdk/client-ecs';
import type { TaskDemand } from '../capacity/task-demand';
import type { RunningContainer } from '../runtime/task-runtime';

/** One task as the API shows it; only the supervisor that runs it changes it. */
export interface TaskRecord {
  readonly id: string;
  readonly arn: string;
  readonly clusterArn: string;
  readonly region: string;
  readonly taskDefinitionArn: string;
  readonly family: string;
  /** `service:<name>`, or `family:<name>` for a task without a service. */
  readonly group: string;
  readonly startedBy: string | undefined;
  readonly launchType: LaunchType | undefined;
  readonly capacityProvider: string | undefined;
  /** The container instance that RunTask placed it on, and what it takes from there until it is STOPPED. */
  readonly placement: Placement | undefined;
  readonly overrides: TaskOverride;
  readonly enableExecuteCommand: boolean;
  readonly createdAt: Date;
  tags: Tag[];
  /** Grows by one with each change that ECS puts on the event bus. */
  version: number;
  definition: TaskDefinition | undefined;
  lastStatus: TaskStatus;
  desiredStatus: 'RUNNING' | 'STOPPED';
  health: 'UNKNOWN' | 'HEALTHY' | 'UNHEALTHY';
  containers: ContainerRecord[];
  startedAt: Date | undefined;
  /** When every health check first passed. */
  readyAt: Date | undefined;
  stoppingAt: Date | undefined;
  stoppedAt: Date | undefined;
  stopCode: TaskStopCode | undefined;
  stoppedReason: string | undefined;
  readonly logPath: string;
}

interface Placement {
  readonly containerInstanceArn: string;
  readonly demand: TaskDemand;
}

export type TaskStatus =
  'PROVISIONING' | 'PENDING' | 'ACTIVATING' | 'RUNNING' | 'DEACTIVATING' | 'STOPPING' | 'STOPPED';

export interface ContainerRecord {
  readonly name: string;
  readonly image: string;
  readonly essential: boolean;
  running: RunningContainer | undefined;
  exitCode: number | undefined;
  /** Why it could not start, or be run. */
  reason: string | undefined;
  health: 'UNKNOWN' | 'HEALTHY' | 'UNHEALTHY';
}

/** The task in the API's shape. */
export function describeTask(task: TaskRecord, withTags: boolean): Task {
  return {
    taskArn: task.arn,
    clusterArn: task.clusterArn,
    taskDefinitionArn: task.taskDefinitionArn,
    group: task.group,
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    healthStatus: task.health,
    containers: task.containers.map((container) => describeContainer(task, container)),
    overrides: task.overrides,
    enableExecuteCommand: task.enableExecuteCommand,
    connectivity: 'CONNECTED',
    attachments: [],
    attributes: [],
    createdAt: task.createdAt,
    version: task.version,
    ...(withTags && { tags: task.tags }),
    ...(task.startedBy && { startedBy: task.startedBy }),
    ...(task.placement && { containerInstanceArn: task.placement.containerInstanceArn }),
    ...(task.launchType && { launchType: task.launchType }),
    ...(task.capacityProvider && { capacityProviderName: task.capacityProvider }),
    ...(task.definition?.cpu && { cpu: task.definition.cpu }),
    ...(task.definition?.memory && { memory: task.definition.memory }),
    ...(task.startedAt && { startedAt: task.startedAt }),
    ...(task.stoppingAt && { stoppingAt: task.stoppingAt }),
    ...(task.stoppedAt && { stoppedAt: task.stoppedAt }),
    ...(task.stopCode && { stopCode: task.stopCode }),
    ...(task.stoppedReason && { stoppedReason: task.stoppedReason }),
  };
}

function describeContainer(task: TaskRecord, container: ContainerRecord): Container {
  const bindings = [...(container.running?.hostPorts ?? [])].map(([containerPort, hostPort]) => ({
    bindIP: '127.0.0.1',
    containerPort,
    hostPort,
    protocol: 'tcp' as const,
  }));
  const skipped = container.running?.skipped ?? false;
  const ended = container.exitCode !== undefined || task.lastStatus === 'STOPPED' || skipped;
  return {
    containerArn: `${task.arn.replace(':task/', ':container/')}/${container.name}`,
    taskArn: task.arn,
    name: container.name,
    image: container.image,
    lastStatus: ended ? 'STOPPED' : container.running ? 'RUNNING' : 'PENDING',
    healthStatus: container.health,
    networkBindings: bindings,
    networkInterfaces: [],
    ...(container.running?.pid !== undefined && { runtimeId: String(container.running.pid) }),
    ...(container.exitCode !== undefined && { exitCode: container.exitCode }),
    ...(container.reason && { reason: container.reason }),
    ...(skipped && { reason: 'local-cloud: its image is not in the image store' }),
  };
}
