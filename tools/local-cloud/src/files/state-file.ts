import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, replaceJson } from '@clarity/host';
import { LocalCloudError } from '../errors/local-cloud-error';

/** The contents of `<state-dir>/local-cloud.json` once the cloud is ready. */
export interface CloudState {
  readonly pid: number;
  readonly endpoint: string;
  readonly motoPid: number;
  /** The folder of the tasks' logs. */
  readonly logs: string;
}

const fileIn = (folder: string) => join(folder, 'local-cloud.json');

/** Status pages that the state file points at. */
const pages = (endpoint: string) => ({
  healthUrl: `${endpoint}/_local/health`,
  tasksUrl: `${endpoint}/_local/tasks`,
  loadBalancersUrl: `${endpoint}/_local/load-balancers`,
});

/** A reader sees all of it or nothing. */
export async function writeStateFile(folder: string, state: CloudState): Promise<void> {
  const startedAt = new Date().toISOString();
  await replaceJson(fileIn(folder), { ...state, ...pages(state.endpoint), startedAt });
}

export const removeStateFile = (folder: string): void => rmSync(fileIn(folder), { force: true });

/**
 * Two clouds in one folder would overwrite each other's state.
 * @throws LocalCloudError if one is running there
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
    `A local cloud with its state in ${folder} is already running (process ${pid}).`,
  );
}
