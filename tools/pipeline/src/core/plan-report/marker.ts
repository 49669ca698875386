import { createHmac } from 'node:crypto';
import { fingerprintOf, fingerprintOfHashes, hashBytes, type ReviewedChange } from './fingerprint';

/** The review as a plan comment records it, invisibly. */
export interface Review {
  /** The pull request's head, which was planned. */
  readonly commit: string;
  readonly fingerprint: string;
  /** Hashes of the changes; undefined if there were too many to record. */
  readonly changes: ReadonlySet<string> | undefined;
}

/** What was planned, with the seal that `sealed` made of it. */
export interface SealedPlan {
  readonly environment: string;
  readonly commit: string;
  readonly changes: readonly ReviewedChange[];
  readonly seal: string;
}

/**
 * Proves that a job with the key planned these changes at this commit. A workflow of any branch may be allowed to
 * edit the comments of github-actions[bot]: it can neither write a seal for changes that nobody saw, nor copy one
 * from another pull request, whose head is another commit. Only a job of the plan or deploy role has the key. A pull
 * request runs its own workflows as the plan role, so a change of `.github` needs the review of a code owner.
 */
export function sealed(plan: Omit<SealedPlan, 'seal'>, key: string): SealedPlan {
  const { environment, commit, changes } = plan;
  return { ...plan, seal: sealOf(environment, commit, fingerprintOf(changes), key) };
}

function sealOf(environment: string, commit: string, fingerprint: string, key: string): string {
  const text = JSON.stringify([environment, safe(commit), fingerprint]);
  return createHmac('sha256', key).update(text).digest('hex');
}

/** A quarter of the largest comment, or 1,300 changes. Beyond this, only an identical plan is covered. */
const changesLimit = 16_384;
const hashCharacters = (hashBytes / 3) * 4;

/** The first line of a plan comment, by which it is found again. */
export function planMarker(environment: string): string {
  return `<!-- clarity-plan:${environment} -->`;
}

/** The second line. Base64 has no `--`, which would end an HTML comment. */
export function reviewMarker({ commit, changes, seal }: SealedPlan): string {
  const hashes = [...new Set(changes.map(({ hash }) => hash))].toSorted().join('');
  const kept = hashes.length <= changesLimit ? ` changes=${hashes}` : '';
  const fingerprint = fingerprintOf(changes);
  return `<!-- clarity-review:2 commit=${safe(commit)} seal=${safe(seal)} fingerprint=${fingerprint}${kept} -->`;
}

/**
 * Reads the review back, from the first two lines only: later lines may quote values of the plan that look
 * like a marker.
 * @returns undefined if the body is not a plan comment of that environment, or its seal is not of this key
 */
export function readReview(body: string, environment: string, key: string): Review | undefined {
  if (!body.startsWith(planMarker(environment))) return undefined;
  const [, line = ''] = body.split(/\r?\n/, 2);
  const found =
    /^<!-- clarity-review:2 commit=([\w.]+) seal=([0-9a-f]{64}) fingerprint=([0-9a-f]{64})(?: changes=([A-Za-z0-9+/]*))? -->$/.exec(
      line,
    );
  if (!found) return undefined;
  const [, commit = '', seal = '', fingerprint = '', hashes] = found;
  if (seal !== sealOf(environment, commit, fingerprint, key)) return undefined;
  const changes = hashes === undefined ? undefined : hashesIn(hashes);
  if (changes && fingerprintOfHashes(changes) !== fingerprint) return undefined;
  return { commit, fingerprint, changes };
}

const safe = (text: string) => text.replace(/[^\w.]/g, '_').slice(0, 80);

function hashesIn(text: string): ReadonlySet<string> {
  const count = text.length / hashCharacters;
  return new Set(
    Array.from({ length: count }, (_, index) =>
      text.slice(index * hashCharacters, (index + 1) * hashCharacters),
    ),
  );
}
