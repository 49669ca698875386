import type { CommentRecord, IssueRecord, LabelRecord } from '../state/records';
import { isPullRequest, type Store } from '../state/store';
import { nodeId, type Addresses } from './addresses';
import { userAnswer } from './user';

export function labelAnswer({ api }: Addresses, { id, name, color, description }: LabelRecord) {
  const url = `${api}/labels/${encodeURIComponent(name)}`;
  return { id, node_id: nodeId('LA', id), url, name, color, description, default: false };
}

export function labelsOf(store: Store, addresses: Addresses, { labels }: IssueRecord) {
  return labels.flatMap((name) => {
    const label = store.labelsByName.get(name.toLowerCase());
    return label ? [labelAnswer(addresses, label)] : [];
  });
}

/** An issue; a pull request that is shown as an issue is marked as one. */
export function issueAnswer(store: Store, addresses: Addresses, record: IssueRecord) {
  const { id, number, title, body, user, state, stateReason, closedAt, closedBy } = record;
  const { api, html } = addresses;
  const url = `${api}/issues/${number}`;
  const page = pageOf(addresses, record);
  return {
    id,
    node_id: nodeId('I', id),
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    number,
    title,
    body,
    user: userAnswer(addresses, user),
    labels: labelsOf(store, addresses, record),
    state,
    state_reason: stateReason,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: store.comments(number).length,
    created_at: record.createdAt,
    updated_at: record.updatedAt,
    closed_at: closedAt,
    closed_by: closedBy === null ? null : userAnswer(addresses, closedBy),
    author_association: 'NONE',
    ...(isPullRequest(record) && {
      pull_request: {
        url: `${api}/pulls/${number}`,
        html_url: `${html}/pull/${number}`,
        diff_url: `${html}/pull/${number}.diff`,
        patch_url: `${html}/pull/${number}.patch`,
        merged_at: record.mergedAt,
      },
    }),
  };
}

export function commentAnswer(store: Store, addresses: Addresses, comment: CommentRecord) {
  const { id, issue, body, user, createdAt, updatedAt } = comment;
  const record = store.numbered.get(issue);
  const page = record ? pageOf(addresses, record) : addresses.html;
  return {
    id,
    node_id: nodeId('IC', id),
    url: `${addresses.api}/issues/comments/${id}`,
    html_url: `${page}#issuecomment-${id}`,
    issue_url: `${addresses.api}/issues/${issue}`,
    body,
    user: userAnswer(addresses, user),
    created_at: createdAt,
    updated_at: updatedAt,
    author_association: 'NONE',
  };
}

function pageOf({ html }: Addresses, record: IssueRecord): string {
  return `${html}/${isPullRequest(record) ? 'pull' : 'issues'}/${record.number}`;
}
