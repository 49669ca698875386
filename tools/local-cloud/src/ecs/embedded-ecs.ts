import { mkdirSync } from 'node:fs';
import type { CloudClock } from '../clock/faster-clock';
import { pagePaths } from '../contract';
import type { ElbDirectory } from '../balancer/elb-directory';
import type { LoadBalancers } from '../balancer/load-balancers';
import type { TargetTable } from '../balancer/targets/target-table';
import type { LogShipper } from './logs/cloudwatch-shipper';
import type { TaskCredentials } from '../credentials/task-credentials';
import type { CallJson } from '../moto/aws-json';
import { queryCaller, type CallQuery } from '../moto/aws-query';
import { readMoments, type ReadMode, type ReadMoment } from './api/read-moment';
import { clientTokens, type ClientTokens } from './api/client-tokens';
import { eventBus } from './events/event-bus';
import { taskEvent } from './events/task-event';
import { connectMotoEcs, type MotoEcs } from './moto-ecs';
import type { TaskRuntime } from './runtime/task-runtime';
import { alarmReader } from './service/read-alarms';
import { serviceRegistry, type ServiceRegistry } from './service/service-registry';
import { serviceScheduler, type ServiceScheduler } from './service/service-scheduler';
import { checkInEcr } from './task/ecr-image';
import type { TaskRoles } from './task/execution-role';
import { resolveSecret } from './task/resolve-secret';
import type { TaskDependencies } from './task/supervise-task';
import { taskRegistry, type TaskRegistry } from './task/task-registry';
import { taskWithRole } from './task/task-with-role';

/** The part of ECS that moto lacks: services that really run, and their tasks. */
export interface EmbeddedEcs {
  readonly clock: CloudClock;
  readonly services: ServiceRegistry;
  readonly tasks: TaskRegistry;
  readonly scheduler: ServiceScheduler;
  readonly taskDeps: TaskDependencies;
  readonly loadBalancers: LoadBalancers;
  /** What moto keeps: clusters and task definitions. */
  readonly motoEcs: MotoEcs;
  readonly clientTokens: ClientTokens;
  /** What a read that is made now shows. */
  readonly readMoment: () => ReadMoment;
  /** Asks moto's services that speak XML. */
  readonly query: CallQuery;
  /** Forgets services, tasks and client tokens at once; resolves when the processes of the tasks are gone. */
  reset(): Promise<void>;
  /** Stops every task; resolves when their processes are gone. */
  close(): Promise<void>;
}

export interface EmbeddedEcsOptions {
  readonly clock: CloudClock;
  readonly reads: ReadMode;
  readonly call: CallJson;
  readonly runtime: TaskRuntime;
  readonly targets: TargetTable;
  readonly directory: ElbDirectory;
  readonly loadBalancers: LoadBalancers;
  readonly shipper: LogShipper;
  readonly logFolder: string;
  readonly credentials: TaskCredentials;
  readonly roles: TaskRoles;
  /** Whether ECR has the images; with Docker, its engine has or pulls them. */
  readonly imagesInEcr: boolean;
  /** Where moto listens. */
  readonly motoEndpoint: string;
  /** The endpoint that tasks are to call AWS at. */
  readonly endpoint: () => string;
}

export function embeddedEcs(options: EmbeddedEcsOptions): EmbeddedEcs {
  const { clock, call, runtime, targets, directory, loadBalancers, shipper, logFolder } = options;
  mkdirSync(logFolder, { recursive: true });
  const query = queryCaller(options.motoEndpoint);
  const motoEcs = connectMotoEcs(call, query);
  const putEvent = eventBus(call);
  const taskDeps: TaskDependencies = {
    clock,
    runtime,
    targets,
    shipper,
    taskDefinition: (arn) => motoEcs.taskDefinition(arn, arn.split(':')[3] ?? 'us-east-1'),
    targetGroup: (arn) => directory.targetGroup(arn),
    roles: options.roles,
    checkImage: async (image, { arn }) => {
      if (options.imagesInEcr) await checkInEcr(call, image, arn.split(':')[4] ?? '');
    },
    secretValue: (valueFrom, region) => resolveSecret(call, valueFrom, region),
    changed: (task) => putEvent(taskEvent(task, clock.dateOf(clock.now()))),
    collectorEndpoint: ({ id }) => `${options.endpoint()}${pagePaths.collector}/${id}`,
    platformEnvironment: (task) => {
      const withRole = taskWithRole(task);
      return {
        AWS_REGION: task.region,
        AWS_DEFAULT_REGION: task.region,
        AWS_ENDPOINT_URL: options.endpoint(),
        AWS_EC2_METADATA_DISABLED: 'true',
        ...(withRole && options.credentials.environmentOf(withRole, options.endpoint())),
      };
    },
  };
  const empty = () => {
    const tasks = taskRegistry(logFolder, clock);
    const scheduler = serviceScheduler({
      clock,
      deps: taskDeps,
      registry: tasks,
      putEvent,
      alarmReader: alarmReader(options.motoEndpoint, clock),
    });
    return { services: serviceRegistry(), tasks, scheduler, clientTokens: clientTokens() };
  };
  let state = empty();
  const end = async ({ scheduler, tasks }: typeof state, reason: string) => {
    scheduler.close();
    await Promise.all(tasks.all().map((task) => task.stop('UserInitiated', reason)));
  };
  return {
    clock,
    get services() {
      return state.services;
    },
    get tasks() {
      return state.tasks;
    },
    get scheduler() {
      return state.scheduler;
    },
    get clientTokens() {
      return state.clientTokens;
    },
    taskDeps,
    loadBalancers,
    motoEcs,
    readMoment: readMoments(clock, options.reads),
    query,
    reset: () => {
      const before = state;
      state = empty();
      return end(before, 'the embedded AWS was reset');
    },
    close: () => end(state, 'local-cloud is shutting down'),
  };
}
