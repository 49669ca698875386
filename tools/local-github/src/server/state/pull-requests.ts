import type { PullRequest } from '../../contract';
import type { PullRequestRecord } from './records';
import { isPullRequest, type Store } from './store';

export interface NewPullRequest {
  readonly title: string;
  readonly head: { readonly ref: string; readonly sha: string };
  readonly base: { readonly ref: string; readonly sha: string };
  /** Login of who opens it. */
  readonly user: string;
  /** The head is in a repository of the user's own. */
  readonly fork?: boolean;
  readonly body?: string;
  /** Paths that it changes. */
  readonly files?: readonly string[];
}

export function openPullRequest(store: Store, pull: NewPullRequest): PullRequest {
  const { title, head, base, user, fork = false, body = null, files = [] } = pull;
  const createdAt = store.now();
  const record: PullRequestRecord = {
    id: store.nextId(),
    number: store.nextNumber(),
    user,
    title,
    body,
    labels: [],
    state: 'open',
    stateReason: null,
    createdAt,
    updatedAt: createdAt,
    closedAt: null,
    closedBy: null,
    head: { ...head, fork },
    base,
    commits: [head.sha],
    files,
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
  };
  store.numbered.set(record.number, record);
  return shown(record);
}

/** A push to its branch. @throws Error if it is not open */
export function updatePullRequest(
  store: Store,
  number: number,
  sha: string,
  files?: readonly string[],
): PullRequest {
  const record = openRecord(store, number);
  record.head = { ...record.head, sha };
  record.commits.push(sha);
  if (files) record.files = files;
  record.updatedAt = store.now();
  return shown(record);
}

/** @param sha the commit on the base branch @throws Error if it is not open */
export function mergePullRequest(
  store: Store,
  number: number,
  sha: string,
  by: string,
): PullRequest {
  const record = openRecord(store, number);
  const now = store.now();
  Object.assign(record, {
    state: 'closed',
    closedAt: now,
    updatedAt: now,
    mergedAt: now,
    closedBy: by,
    mergedBy: by,
    mergeCommit: sha,
  } satisfies Partial<PullRequestRecord>);
  return shown(record);
}

export function findPullRequest(store: Store, number: number): PullRequestRecord | undefined {
  const record = store.numbered.get(number);
  return record && isPullRequest(record) ? record : undefined;
}

export function shown({ number, title, head, base, user }: PullRequestRecord): PullRequest {
  return { number, title, head, base, user };
}

function openRecord(store: Store, number: number): PullRequestRecord {
  const record = findPullRequest(store, number);
  if (record?.state !== 'open') throw new Error(`There is no open pull request ${number}.`);
  return record;
}
