import type { PullRequest } from '../../contract';

/** What pull requests and issues have in common: they share their numbers. Times are ISO 8601. */
export interface IssueRecord {
  readonly id: number;
  readonly number: number;
  /** Login. */
  readonly user: string;
  readonly createdAt: string;
  title: string;
  body: string | null;
  /** Names. */
  labels: readonly string[];
  state: 'open' | 'closed';
  stateReason: 'completed' | 'not_planned' | 'reopened' | 'duplicate' | null;
  updatedAt: string;
  closedAt: string | null;
  closedBy: string | null;
}

export interface PullRequestRecord extends IssueRecord {
  head: PullRequest['head'];
  base: PullRequest['base'];
  /** Every commit that was its head, the oldest first. */
  readonly commits: string[];
  files: readonly string[];
  /** Of the merge. */
  mergedAt: string | null;
  mergedBy: string | null;
  mergeCommit: string | null;
}

export interface CommentRecord {
  readonly id: number;
  /** Number of the issue or pull request. */
  readonly issue: number;
  readonly user: string;
  readonly createdAt: string;
  body: string;
  updatedAt: string;
  /** Why it is hidden, e.g. `OUTDATED`; null if it is shown. */
  minimizedFor: string | null;
}

export interface LabelRecord {
  readonly id: number;
  readonly name: string;
  /** Six hexadecimal digits. */
  readonly color: string;
  readonly description: string | null;
}

export interface DeploymentStatusRecord {
  readonly id: number;
  readonly state: DeploymentState;
  readonly creator: string;
  readonly description: string;
  readonly environmentUrl: string;
  readonly logUrl: string;
  readonly createdAt: string;
}

export type DeploymentState =
  'error' | 'failure' | 'inactive' | 'pending' | 'success' | 'queued' | 'in_progress';

export interface DeploymentRecord {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly task: string;
  readonly environment: string;
  readonly creator: string;
  readonly description: string | null;
  readonly payload: unknown;
  readonly production: boolean;
  readonly transient: boolean;
  /** Of the run that deploys; undefined if a client made the deployment. */
  readonly runId: number | undefined;
  readonly createdAt: string;
  updatedAt: string;
  /** Oldest first. */
  readonly statuses: DeploymentStatusRecord[];
}

export interface BranchPolicyRecord {
  readonly id: number;
  /** Of the branch. */
  readonly name: string;
}

export interface EnvironmentRecord {
  readonly id: number;
  readonly name: string;
  readonly createdAt: string;
  updatedAt: string;
  /** Logins. */
  reviewers: readonly string[];
  /** The branches whose jobs may start; undefined if all may. */
  branchPolicies: BranchPolicyRecord[] | undefined;
}

/** All that GitHub remembers of the repository. For tests and reports: to be read, not written. */
export interface GitHubState {
  /** Without pull requests, oldest first. */
  issues(): readonly Readonly<IssueRecord>[];
  pullRequests(): readonly Readonly<PullRequestRecord>[];
  /** @param issue number of an issue or a pull request */
  comments(issue: number): readonly Readonly<CommentRecord>[];
  labels(): readonly LabelRecord[];
  deployments(): readonly Readonly<DeploymentRecord>[];
}
