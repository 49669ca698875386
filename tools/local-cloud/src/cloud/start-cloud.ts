import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ProcessGuard, systemClock } from '@clarity/host';
import { recordEmbeddedMetrics } from '../alarms/metrics/embedded-metrics';
import { startAlarms } from '../alarms/start-alarms';
import { fasterClock } from '../clock/faster-clock';
import { taskCredentials } from '../credentials/task-credentials';
import type { ReadMode } from '../ecs/api/read-moment';
import { embeddedEcs } from '../ecs/embedded-ecs';
import { chooseRuntime, type RuntimeKind } from '../ecs/runtime/choose-runtime';
import { faultList } from '../gateway/faults/fault';
import { startGateway } from '../gateway/http-gateway';
import { recordHosts, recordRequest } from '../balancer/measure/balancer-metrics';
import { elbDirectory } from '../balancer/elb-directory';
import { loadBalancers } from '../balancer/load-balancers';
import { targetTable } from '../balancer/targets/target-table';
import { trafficBySecond } from '../balancer/measure/traffic-by-second';
import { cloudWatchShipper } from '../ecs/logs/cloudwatch-shipper';
import { roleAssumer } from '../moto/assume-role';
import { publishToTopic } from '../events/publish-to-topic';
import { queryCaller } from '../moto/aws-query';
import { policyDirectory } from '../iam/directory/policy-directory';
import type { PermissionCheck } from '../gateway/permissions/check-permissions';
import { taskExecution } from '../gateway/permissions/task-execution';
import { permissionRecord } from '../gateway/permissions/permission-record';
import type { IamMode } from '../contract';
import { jsonCaller } from '../moto/aws-json';
import type { Moto } from '../moto/find-moto';
import { startMoto } from '../moto/start-moto';
import { taskWithRole } from '../ecs/task/task-with-role';
import { traceCollector } from '../traces/trace-collector';
import { removeStateFile, writeStateFile } from '../files/state-file';

export interface CloudOptions {
  readonly moto: Moto;
  readonly guard: ProcessGuard;
  /** The front's port; 0 lets the system choose. */
  readonly port: number;
  /** The port of the first load balancer; 0 lets the system choose. */
  readonly loadBalancerPort: number;
  readonly stateFolder: string;
  readonly imageStore: string;
  readonly runtime: RuntimeKind;
  /** How much faster its clock is than real time. */
  readonly speed: number;
  /** What happens to calls that IAM would deny. */
  readonly iam: IamMode;
  readonly reads: ReadMode;
  readonly onNote: (line: string) => void;
}

/** The embedded AWS as it runs. */
export interface Cloud {
  readonly endpoint: string;
  readonly motoVersion: string;
  /** Resolves with a reason if it cannot go on: moto has ended. */
  readonly broken: Promise<string>;
  /** Stops every task, moto and all sockets; resolves when nothing is left. */
  stop(): Promise<void>;
}

/** The static key of `up` and `exec`. */
const administratorKeys = new Set(['test']);

/** Puts the parts together: moto, our ECS and load balancers, and the front before them. */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const { guard, onNote } = options;
  const stateFolder = resolve(options.stateFolder);
  const logFolder = join(stateFolder, 'logs');
  mkdirSync(logFolder, { recursive: true });

  const clock = fasterClock(systemClock, options.speed);
  let published = Promise.resolve();
  const moto = await startMoto(options.moto, guard, join(logFolder, 'moto.log'), (message) => {
    published = published.then(async () => {
      const dropped = await publishToTopic(message, { call, query, policies }).catch(String);
      if (dropped !== undefined) onNote(dropped);
    });
  });
  const motoEndpoint = `http://127.0.0.1:${moto.port}`;
  const call = jsonCaller(motoEndpoint);
  const query = queryCaller(motoEndpoint);
  const policies = policyDirectory(motoEndpoint, call, administratorKeys);
  const targets = targetTable(clock);
  const directory = elbDirectory(motoEndpoint);
  const shipper = cloudWatchShipper(call, systemClock, (line) =>
    recordEmbeddedMetrics(alarms.store, line),
  );
  const balancers = loadBalancers({
    table: targets,
    directory,
    firstPort: options.loadBalancerPort,
    onOpen: ({ dnsName, url }) => onNote(`load balancer ${dnsName} listens on ${url}`),
    onRequestOver: (request) => {
      traffic.count(request);
      recordRequest(alarms.store, request, systemClock.now());
    },
  });
  const traffic = trafficBySecond();
  const permissions = permissionRecord(options.iam);
  const alarms = startAlarms({
    clock,
    motoEndpoint,
    region: 'us-east-1',
    call,
    sample: (store, now) => recordHosts(store, balancers, targets, now),
    onNote,
  });
  const permissionCheck: PermissionCheck = {
    mode: options.iam,
    directory: policies,
    record: permissions,
    now: () => new Date(systemClock.now()),
  };
  const execution = taskExecution(permissionCheck);
  const credentials = taskCredentials(roleAssumer(motoEndpoint));
  const ecs = embeddedEcs({
    clock,
    reads: options.reads,
    call,
    runtime: chooseRuntime(options.runtime, {
      imageStore: resolve(options.imageStore),
      guard,
      clock,
    }),
    targets,
    directory,
    loadBalancers: balancers,
    shipper,
    logFolder,
    credentials,
    roles: {
      canAssume: ({ id, arn }, roleArn) =>
        execution.canAssume({ roleArn, taskId: id, taskArn: arn }),
      denial: ({ id, arn }, roleArn, call) =>
        execution.denial({ roleArn, taskId: id, taskArn: arn }, call),
    },
    imagesInEcr: options.runtime === 'process',
    motoEndpoint,
    endpoint: () => gateway.endpoint,
  });
  const collector = traceCollector({
    endpoint: () => gateway.endpoint,
    accessKeyOf: async (taskId) => {
      const task = ecs.tasks.all().find(({ record }) => record.id === taskId);
      const withRole = task && taskWithRole(task.record);
      return withRole && (await credentials.issuedTo(withRole)).accessKeyId;
    },
    now: systemClock.now,
    onNote,
  });
  const gateway = await startGateway({
    port: options.port,
    motoPort: moto.port,
    ecs,
    alarms,
    credentials,
    collector,
    faults: faultList(),
    permissions: permissionCheck,
    status: { traffic: () => traffic.rows(), permissions },
    onNote,
  }).catch(async (error: unknown) => {
    await alarms.close();
    await moto.stop();
    throw error;
  });
  const { endpoint, close } = gateway;
  await writeStateFile(stateFolder, {
    pid: process.pid,
    endpoint,
    motoPid: moto.pid,
    logs: logFolder,
  });

  let stopping: Promise<void> | undefined;
  const stop = async () => {
    removeStateFile(stateFolder);
    await alarms.close();
    await ecs.close();
    await shipper.flush();
    await Promise.all([balancers.close(), close()]);
    await moto.stop();
  };
  return {
    endpoint,
    motoVersion: moto.version,
    broken: moto.exited.then((code) =>
      stopping ? new Promise<string>(() => {}) : `moto ended with exit code ${code}`,
    ),
    stop: () => (stopping ??= stop()),
  };
}
