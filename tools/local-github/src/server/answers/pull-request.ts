import type { PullRequestRecord } from '../state/records';
import type { Store } from '../state/store';
import { nodeId, type Addresses } from './addresses';
import { labelsOf } from './issue';
import { repositoryAnswer } from './repository';
import { userAnswer } from './user';

/** A pull request as lists show it. */
export function pullRequestItem(store: Store, addresses: Addresses, record: PullRequestRecord) {
  const { id, number, title, body, user, state, head, base } = record;
  const { api, html } = addresses;
  const url = `${api}/pulls/${number}`;
  const issue = `${api}/issues/${number}`;
  const page = `${html}/pull/${number}`;
  const related = {
    comments: `${issue}/comments`,
    commits: `${url}/commits`,
    review_comments: `${url}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    statuses: `${api}/statuses/${head.sha}`,
  };
  const links = { self: url, html: page, issue, ...related };
  const repository = (forkOf?: string) =>
    repositoryAnswer(addresses, {
      since: record.createdAt,
      openIssues: 0,
      ...(forkOf !== undefined && { forkOf }),
    });
  const branch = ({ ref, sha }: { ref: string; sha: string }, forkOf?: string) => {
    const repo = repository(forkOf);
    return { label: `${repo.owner.login}:${ref}`, ref, sha, user: repo.owner, repo };
  };
  return {
    id,
    node_id: nodeId('PR', id),
    number,
    url,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issue,
    ...Object.fromEntries(Object.entries(related).map(([name, at]) => [`${name}_url`, at])),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    state,
    locked: false,
    draft: false,
    title,
    body,
    user: userAnswer(addresses, user),
    labels: labelsOf(store, addresses, record),
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    milestone: null,
    head: branch(head, head.fork ? user : undefined),
    base: branch(base),
    author_association: 'NONE',
    auto_merge: null,
    created_at: record.createdAt,
    updated_at: record.updatedAt,
    closed_at: record.closedAt,
    merged_at: record.mergedAt,
    merge_commit_sha: record.mergeCommit,
  };
}

/** A single pull request has more fields than one in a list. */
export function pullRequestAnswer(store: Store, addresses: Addresses, record: PullRequestRecord) {
  const { mergedAt, mergedBy, state, number, commits, files } = record;
  return {
    ...pullRequestItem(store, addresses, record),
    merged: mergedAt !== null,
    merged_by: mergedBy === null ? null : userAnswer(addresses, mergedBy),
    mergeable: state === 'open' ? true : null,
    mergeable_state: state === 'open' ? 'clean' : 'unknown',
    maintainer_can_modify: false,
    comments: store.comments(number).length,
    review_comments: 0,
    commits: commits.length,
    additions: files.length,
    deletions: 0,
    changed_files: files.length,
  };
}

/** A file that a pull request changes; of the change itself only that there is one is known. */
export function fileAnswer({ api, html }: Addresses, sha: string, filename: string) {
  const path = filename.split('/').map(encodeURIComponent).join('/');
  return {
    sha,
    filename,
    status: 'modified',
    additions: 1,
    deletions: 0,
    changes: 1,
    blob_url: `${html}/blob/${sha}/${path}`,
    raw_url: `${html}/raw/${sha}/${path}`,
    contents_url: `${api}/contents/${path}?ref=${sha}`,
  };
}
