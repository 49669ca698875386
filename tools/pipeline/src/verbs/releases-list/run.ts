import type { AwsContext } from '../../core/context';
import type { Release } from '../../core/releases/release';

/** `pipeline releases list` */
export async function listReleases(
  { environment, ledger, pointer }: AwsContext,
  limit: number,
): Promise<string> {
  const [history, current] = await Promise.all([ledger.list(limit), pointer.read()]);
  if (history.length === 0) return `${environment} has no releases yet.`;
  return history.map((release) => describeRelease(release, release.id === current?.id)).join('\n');
}

/** `pipeline releases list --json`: the same, for programs; `isCurrent` marks the current one. */
export async function listReleasesAsJson(
  { ledger, pointer }: AwsContext,
  limit: number,
): Promise<string> {
  const [history, current] = await Promise.all([ledger.list(limit), pointer.read()]);
  const releases = history.map((release) => ({
    ...release,
    isCurrent: release.id === current?.id,
  }));
  return JSON.stringify(releases, null, 2);
}

/** One line: whether it is current, when it was started, its status, what it was, and by whom. */
function describeRelease(release: Release, isCurrent: boolean): string {
  const { id, kind, outcome, actor, restores, reason } = release;
  const what = restores ? `${kind} to ${restores}` : kind;
  const why = reason ? ` (${reason})` : '';
  return `${isCurrent ? '*' : ' '} ${id}  ${outcome.padEnd(19)}  ${what} by ${actor}${why}`;
}
