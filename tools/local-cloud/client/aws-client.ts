import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  pagePaths,
  stateFileName,
  type CloudState,
  type HealthPage,
  type LoadBalancerRow,
  type PermissionRemoval,
  type PermissionsPage,
  type TaskLife,
  type TaskRow,
  type TrafficSecond,
} from '../src/contract';
import type { AwsFault, FaultOrder } from '../src/gateway/faults/fault';
import type { Segment } from '../src/traces/segment-of-span';
import { readTrace } from './read-trace';

/** The pages of a running embedded AWS, and its traces. Every call throws Error unless it is answered 200. */
export interface AwsClient {
  readonly endpoint: string;
  health(): Promise<HealthPage>;
  tasks(): Promise<readonly TaskRow[]>;
  loadBalancers(): Promise<readonly LoadBalancerRow[]>;
  timeline(): Promise<readonly TaskLife[]>;
  traffic(): Promise<readonly TrafficSecond[]>;
  permissions(): Promise<PermissionsPage>;
  permissionRemovals(): Promise<readonly PermissionRemoval[]>;
  /** The errors that are still to be returned. */
  faults(): Promise<readonly AwsFault[]>;
  addFault(fault: FaultOrder): Promise<void>;
  clearFaults(): Promise<void>;
  /** What X-Ray has of a trace, by the time of its start; empty if it has none. @param id `1-<time>-<id>` */
  trace(id: string): Promise<readonly Segment[]>;
}

const callLimitMs = 10_000;

export function connectAws(endpoint: string): AwsClient {
  const call = async (path: string, method = 'GET', body?: object): Promise<unknown> => {
    const response = await fetch(`${endpoint}${path}`, {
      method,
      signal: AbortSignal.timeout(callLimitMs),
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} returned ${response.status}: ${text}`);
    return JSON.parse(text);
  };
  return {
    endpoint,
    health: async () => (await call(pagePaths.health)) as HealthPage,
    tasks: async () => (await call(pagePaths.tasks)) as readonly TaskRow[],
    loadBalancers: async () => (await call(pagePaths.loadBalancers)) as readonly LoadBalancerRow[],
    timeline: async () => (await call(pagePaths.timeline)) as readonly TaskLife[],
    traffic: async () => (await call(pagePaths.traffic)) as readonly TrafficSecond[],
    permissions: async () => (await call(pagePaths.permissions)) as PermissionsPage,
    permissionRemovals: async () =>
      (await call(pagePaths.permissionRemovals)) as readonly PermissionRemoval[],
    faults: async () => (await call(pagePaths.faults)) as readonly AwsFault[],
    addFault: async (fault) => void (await call(pagePaths.faults, 'POST', fault)),
    trace: (id) => readTrace(endpoint, id),
    clearFaults: async () => void (await call(pagePaths.faults, 'DELETE')),
  };
}

/** The state file of an embedded AWS; undefined if none is ready in this state folder. */
export async function readCloudState(stateFolder: string): Promise<CloudState | undefined> {
  const text = await readFile(join(stateFolder, stateFileName), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as CloudState);
}
