import { fingerprintOf, hashBytes, type ReviewedChange } from './fingerprint';

/** The review as a plan comment records it, invisibly. */
export interface Review {
  readonly commit: string;
  readonly fingerprint: string;
  /** Hashes of the changes; undefined if there were too many to record. */
  readonly changes: ReadonlySet<string> | undefined;
}

/** A quarter of the largest comment, or 1,300 changes. Beyond this, only an identical plan is covered. */
const changesLimit = 16_384;
const hashCharacters = (hashBytes / 3) * 4;

/** The first line of a plan comment, by which it is found again. */
export function planMarker(environment: string): string {
  return `<!-- clarity-plan:${environment} -->`;
}

/** The second line. Base64 has no `--`, which would end an HTML comment. */
export function reviewMarker(commit: string, changes: readonly ReviewedChange[]): string {
  const hashes = [...new Set(changes.map(({ hash }) => hash))].toSorted().join('');
  const kept = hashes.length <= changesLimit ? ` changes=${hashes}` : '';
  const safeCommit = commit.replace(/[^\w.]/g, '_').slice(0, 80);
  return `<!-- clarity-review:1 commit=${safeCommit} fingerprint=${fingerprintOf(changes)}${kept} -->`;
}

/**
 * Reads the review back, from the first two lines only: later lines may quote values of the plan that look
 * like a marker.
 * @returns undefined if the body is not a plan comment of that environment
 */
export function readReview(body: string, environment: string): Review | undefined {
  if (!body.startsWith(planMarker(environment))) return undefined;
  const [, line = ''] = body.split(/\r?\n/, 2);
  const found =
    /^<!-- clarity-review:1 commit=([\w.]+) fingerprint=([0-9a-f]{64})(?: changes=([A-Za-z0-9+/]*))? -->$/.exec(
      line,
    );
  if (!found) return undefined;
  const [, commit = '', fingerprint = '', hashes] = found;
  return { commit, fingerprint, changes: hashes === undefined ? undefined : hashesIn(hashes) };
}

function hashesIn(text: string): ReadonlySet<string> {
  const count = text.length / hashCharacters;
  return new Set(
    Array.from({ length: count }, (_, index) =>
      text.slice(index * hashCharacters, (index + 1) * hashCharacters),
    ),
  );
}
