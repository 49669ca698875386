import type { LoadBalancer, TaskDefinition, TaskStopCode } from '@aws-sdk/client-ecs';
import { withRealMinimum, type CloudClock } from '../../clock/faster-clock';
import type { TargetRegistration, TargetTable } from '../../balancer/targets/target-table';
import type { TargetGroup } from '../../balancer/targets/target-group';
import { startsWithinMs } from '../../health/watch-health';
import type { LogShipper } from '../logs/cloudwatch-shipper';
import { taskOutput, type TaskOutput } from '../logs/task-output';
import { CannotStartContainer, type RunningTask, type TaskRuntime } from '../runtime/task-runtime';
import { containerSpecs, type PlatformEnvironment } from './container-specs';
import { checkTaskRoles, type TaskRoles } from './execution-role';
import { taskHealth, type HealthFailure } from './task-health';
import type { TaskRecord, TaskStatus } from './task-record';

/** What a supervisor needs of the world. */
export interface TaskDependencies {
  readonly clock: CloudClock;
  readonly runtime: TaskRuntime;
  readonly targets: TargetTable;
  readonly shipper: LogShipper;
  readonly taskDefinition: (arn: string) => Promise<TaskDefinition>;
  readonly targetGroup: (arn: string) => Promise<TargetGroup | undefined>;
  readonly roles: TaskRoles;
  /** @throws CannotStartContainer if the image cannot be pulled */
  readonly checkImage: (image: string, task: TaskRecord) => Promise<void>;
  readonly secretValue: (valueFrom: string, region: string) => Promise<string>;
  readonly platformEnvironment: (task: TaskRecord) => PlatformEnvironment;
  readonly collectorEndpoint: (task: TaskRecord) => string;
  /** Hears of each new status of a task, and of the end of each of its containers. */
  readonly changed: (task: TaskRecord) => void;
}

/** What its service asks of a task. */
export interface TaskAssignment {
  readonly loadBalancers: readonly LoadBalancer[];
  /** How long after its start failing health checks are ignored. */
  readonly gracePeriodMs: number;
}

/** What its owner hears of a task. */
export interface TaskObserver {
  onRunning(): void;
  /** Every health check passes. */
  onReady(): void;
  onUnhealthy(failure: HealthFailure): void;
  onRegistered(targetGroupArn: string): void;
  onDraining(targetGroupArn: string): void;
  onStopped(): void;
}

export interface SupervisedTask {
  readonly record: TaskRecord;
  /** Stops it as ECS does: out of the target groups first, then SIGTERM, then SIGKILL. */
  stop(code: TaskStopCode, reason: string): Promise<void>;
}

/** How long a task without any health check has to run before ECS counts it as healthy. */
const uncheckedMs = 40_000;
/** As {@link uncheckedMs}, in real time: long enough for a program to find that it cannot start. */
const leastUncheckedMs = 2_000;

/** Takes one task through its life, from PROVISIONING to STOPPED. */
export function superviseTask(
  record: TaskRecord,
  assignment: TaskAssignment,
  deps: TaskDependencies,
  observer: TaskObserver,
): SupervisedTask {
  let running: RunningTask | undefined;
  let output: TaskOutput | undefined;
  let stopping: Promise<void> | undefined;
  const unwanted = new AbortController();
  let registrations: readonly TargetRegistration[] = [];

  let runningSince = 0;
  const dateNow = () => deps.clock.dateOf(deps.clock.now());
  const unchecked = withRealMinimum(deps.clock, uncheckedMs, leastUncheckedMs);
  const gracePeriod = withRealMinimum(deps.clock, assignment.gracePeriodMs, startsWithinMs);

  const changed = () => {
    record.version += 1;
    deps.changed(record);
  };
  const enter = (status: TaskStatus) => {
    record.lastStatus = status;
    changed();
  };

  let cancelReview = () => {};
  const reviewIn = (ms: number) => {
    cancelReview();
    cancelReview = deps.clock.after(ms, review);
  };
  const review = () => {
    if (record.lastStatus !== 'RUNNING' || stopping) return;
    const health = taskHealth(record, registrations, assignment.loadBalancers);
    record.health = health.shown;
    const age = deps.clock.now() - runningSince;
    if (health.unchecked && age < unchecked) {
      reviewIn(unchecked - age);
    } else if (health.ready && !record.readyAt) {
      record.readyAt = dateNow();
      observer.onReady();
    }
    if (health.failure === undefined) return;
    if (age >= gracePeriod) observer.onUnhealthy(health.failure);
    else reviewIn(gracePeriod - age);
  };

  const start = async () => {
    const definition = await deps.taskDefinition(record.taskDefinitionArn);
    prepare(record, definition);
    await checkTaskRoles(record, definition, deps.roles);
    await checkImages();
    output = taskOutput({ ...record, definition }, deps.shipper);
    const specs = await containerSpecs({
      definition,
      overrides: record.overrides.containerOverrides ?? [],
      platform: deps.platformEnvironment(record),
      secretValue: (valueFrom) => deps.secretValue(valueFrom, record.region),
    });
    if (stopping) return;
    enter('PENDING');
    running = await deps.runtime.start(
      {
        taskId: record.id,
        containers: specs,
        collectorEndpoint: deps.collectorEndpoint(record),
      },
      {
        onLine: (container, line) => output?.line(container, line),
        onExit: (container, exitCode) => exited(container, exitCode),
        onHealth: (container, health) => {
          for (const each of record.containers) if (each.name === container) each.health = health;
          review();
        },
      },
      unwanted.signal,
    );
    for (const container of record.containers)
      container.running = running.containers.find((each) => each.name === container.name);
    if (stopping) return;
    enter('ACTIVATING');
    registrations = await register();
    if (stopping) return;
    runningSince = deps.clock.now();
    record.startedAt = dateNow();
    enter('RUNNING');
    observer.onRunning();
    review();
  };

  const checkImages = async () => {
    for (const { name, image } of record.containers)
      await deps.checkImage(image, record).catch((cause: Error) => {
        throw new CannotStartContainer(cause.message, { cause, container: name });
      });
  };

  const exited = (name: string, exitCode: number) => {
    const container = record.containers.find((each) => each.name === name);
    if (!container) return;
    container.exitCode = exitCode;
    changed();
    if (container.essential)
      void stop('EssentialContainerExited', 'Essential container in task exited');
  };

  const register = async () => {
    const made: TargetRegistration[] = [];
    for (const { targetGroupArn, containerName, containerPort } of assignment.loadBalancers) {
      const port = running?.containers
        .find((each) => each.name === containerName)
        ?.hostPorts.get(containerPort ?? 0);
      const group = targetGroupArn ? await deps.targetGroup(targetGroupArn) : undefined;
      if (!group || port === undefined) continue;
      made.push(deps.targets.register(group, { taskId: record.id, port }, review));
      observer.onRegistered(group.arn);
    }
    return made;
  };

  deps.changed(record);
  const starting = start().catch((error: unknown) => error);
  void starting.then((error) => {
    if (error !== undefined && !stopping)
      void stop('TaskFailedToStart', startFailure(record, error));
  });

  const end = async () => {
    cancelReview();
    await starting;
    const alive = record.containers.every(
      (each) => !each.essential || (each.running && each.exitCode === undefined),
    );
    if (registrations.length > 0) enter('DEACTIVATING');
    for (const { target } of registrations) observer.onDraining(target.targetGroupArn);
    await Promise.all(
      registrations.map((each) => (alive ? each.drain() : Promise.resolve(each.remove()))),
    );
    enter('STOPPING');
    await running?.stop();
    record.stoppedAt = dateNow();
    enter('STOPPED');
    output?.close();
    observer.onStopped();
  };

  const stop = (code: TaskStopCode, reason: string) => {
    if (!stopping) {
      record.desiredStatus = 'STOPPED';
      record.stopCode = code;
      record.stoppedReason = reason;
      record.stoppingAt = dateNow();
      changed();
      unwanted.abort();
      stopping = end();
    }
    return stopping;
  };
  return { record, stop };
}

function prepare(record: TaskRecord, definition: TaskDefinition): void {
  record.definition = definition;
  record.containers = (definition.containerDefinitions ?? []).map((container) => ({
    name: container.name ?? '',
    image: container.image ?? '',
    essential: container.essential ?? true,
    running: undefined,
    exitCode: undefined,
    reason: undefined,
    health: 'UNKNOWN',
  }));
}

/** Notes why a container could not start. @returns the stoppedReason of its task */
function startFailure(record: TaskRecord, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CannotStartContainer)
    for (const each of record.containers) if (each.name === error.container) each.reason = message;
  // What went wrong before a container exists is the reason of the task itself.
  return /^((CannotPullContainer|ResourceInitialization)Error|ECS was unable to)/.test(message)
    ? message
    : 'Task failed to start';
}
