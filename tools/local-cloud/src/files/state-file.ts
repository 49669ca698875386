import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, replaceJson } from '@clarity/host';
import { stateFileName, type CloudState } from '../contract';
import { LocalCloudError } from '../errors/local-cloud-error';

const fileIn = (folder: string) => join(folder, stateFileName);

/** A reader sees all of it or nothing. */
export async function writeStateFile(folder: string, state: CloudState): Promise<void> {
  const startedAt = new Date().toISOString();
  await replaceJson(fileIn(folder), { ...state, startedAt });
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
