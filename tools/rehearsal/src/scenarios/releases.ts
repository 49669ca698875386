import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from './pipeline';
import type { Context } from './scenario';

/** @returns the id of the release that `pipeline releases list` marks as current */
export async function currentRelease(context: Context): Promise<string> {
  const output = await pipeline(context, 'releases', 'list', '--env', 'local');
  const id = /^\* (\S+)/m.exec(output)?.[1];
  if (id === undefined) throw new Error(`No release is marked as current:\n${output}`);
  return id;
}

/** What a release runs. */
interface ReleaseRecord {
  readonly images: Readonly<Record<string, string>>;
  readonly taskDefinitions: Readonly<Record<string, string>>;
}

/** The release that the last deploy or rollback on this machine made current. */
export async function readRelease(
  { root }: Context,
  environment = 'local',
): Promise<ReleaseRecord> {
  const path = join(root, 'dist/pipeline', environment, 'release.json');
  return JSON.parse(await readFile(path, 'utf8')) as ReleaseRecord;
}

/** @throws Error if the current release is of another commit */
export async function expectRelease(context: Context, commit: string): Promise<void> {
  const release = await currentRelease(context);
  if (!commit.startsWith(commitOf(release)))
    throw new Error(`The current release is ${release}, not one of ${commit}.`);
}

/** @returns the beginning of the commit that a release is of */
export function commitOf(release: string): string {
  return release.split('-').at(-1) ?? '';
}
