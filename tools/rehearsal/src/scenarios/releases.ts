import { pipeline } from './pipeline';
import type { Context } from './scenario';

/** @returns the id of the release that `pipeline releases list` marks as current */
export async function currentRelease(context: Context, environment = 'local'): Promise<string> {
  const output = await pipeline(context, 'releases', 'list', '--env', environment);
  const id = /^\* (\S+)/m.exec(output)?.[1];
  if (id === undefined) throw new Error(`No release is marked as current:\n${output}`);
  return id;
}

/** What `pipeline releases show` prints of a release. */
interface ShownRelease {
  readonly images: Readonly<Record<string, string>>;
  readonly taskDefinitions: Readonly<Record<string, string>>;
}

/** The current release of an environment, whole. */
export async function showCurrent(context: Context, environment = 'local'): Promise<ShownRelease> {
  const id = await currentRelease(context, environment);
  const shown = await pipeline(context, 'releases', 'show', id, '--env', environment);
  return JSON.parse(shown.slice(shown.indexOf('{'))) as ShownRelease;
}

/** @throws Error if the current release is of another commit */
export async function expectRelease(context: Context, commit: string): Promise<void> {
  const release = await currentRelease(context);
  if (!commit.startsWith(commitOf(release)))
    throw new Error(`The current release is ${release}, not one of ${commit}.`);
}

/** @throws Error if another release is current */
export async function expectCurrent(context: Context, release: string): Promise<void> {
  const now = await currentRelease(context);
  if (now !== release) throw new Error(`The current release is ${now}, not ${release}.`);
}

/** @returns the beginning of the commit that a release is of */
export function commitOf(release: string): string {
  return release.split('-').at(-1) ?? '';
}
