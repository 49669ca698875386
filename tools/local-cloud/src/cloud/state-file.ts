import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalCloudError } from '../errors';

/** What `<state-dir>/local-cloud.json` says once the cloud is ready. */
export interface CloudState {
  readonly pid: number;
  readonly endpoint: string;
  readonly motoPid: number;
  /** The folder of the tasks' logs. */
  readonly logs: string;
}

const fileIn = (folder: string) => join(folder, 'local-cloud.json');

/** Pages of the front that the state file points at. */
const pages = (endpoint: string) => ({
  healthUrl: `${endpoint}/_local/health`,
  tasksUrl: `${endpoint}/_local/tasks`,
  loadBalancersUrl: `${endpoint}/_local/load-balancers`,
});

/** Written in one go, so that a reader sees all of it or nothing. */
export function writeStateFile(folder: string, state: CloudState): void {
  const path = fileIn(folder);
  const content = { ...state, ...pages(state.endpoint), startedAt: new Date().toISOString() };
  writeFileSync(`${path}.tmp`, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(`${path}.tmp`, path);
}

export const removeStateFile = (folder: string): void => rmSync(fileIn(folder), { force: true });

/**
 * Two clouds in one folder would overwrite each other's state.
 * @throws LocalCloudError where one is running there
 */
export function checkNotRunning(folder: string): void {
  let pid: unknown;
  try {
    pid = (JSON.parse(readFileSync(fileIn(folder), 'utf8')) as Partial<CloudState>).pid;
  } catch {
    return;
  }
  if (typeof pid !== 'number' || pid === process.pid || !isAlive(pid)) return;
  throw new LocalCloudError(
    `A local cloud runs already (process ${pid}) with the state in ${folder}.`,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
