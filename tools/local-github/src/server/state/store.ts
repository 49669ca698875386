import type {
  CommentRecord,
  DeploymentRecord,
  EnvironmentRecord,
  GitHubState,
  IssueRecord,
  LabelRecord,
  PullRequestRecord,
} from './records';

/** The repository in memory. */
export interface Store extends GitHubState {
  /** GitHub's times have no fractions of a second. */
  now(): string;
  nextId(): number;
  nextNumber(): number;
  readonly numbered: Map<number, IssueRecord | PullRequestRecord>;
  readonly commentsById: Map<number, CommentRecord>;
  /** By name in lower case: GitHub compares them so. */
  readonly labelsByName: Map<string, LabelRecord>;
  readonly deploymentsById: Map<number, DeploymentRecord>;
  /** By name in lower case. */
  readonly environmentsByName: Map<string, EnvironmentRecord>;
  /** People who have a token. */
  readonly loginsById: Map<number, string>;
  pullRequests(): readonly PullRequestRecord[];
  deployments(): readonly DeploymentRecord[];
}

export function isPullRequest(record: IssueRecord): record is PullRequestRecord {
  return 'head' in record;
}

export function newStore(clock: () => Date): Store {
  let id = 2_100_000_000;
  let number = 0;
  const numbered: Store['numbered'] = new Map();
  const commentsById: Store['commentsById'] = new Map();
  const labelsByName: Store['labelsByName'] = new Map();
  const deploymentsById: Store['deploymentsById'] = new Map();
  const environmentsByName: Store['environmentsByName'] = new Map();
  const loginsById: Store['loginsById'] = new Map();
  return {
    now: () => `${clock().toISOString().slice(0, 19)}Z`,
    nextId: () => ++id,
    nextNumber: () => ++number,
    numbered,
    commentsById,
    labelsByName,
    deploymentsById,
    environmentsByName,
    loginsById,
    issues: () => [...numbered.values()].filter((record) => !isPullRequest(record)),
    pullRequests: () => [...numbered.values()].filter(isPullRequest),
    comments: (issue) => [...commentsById.values()].filter((comment) => comment.issue === issue),
    labels: () => [...labelsByName.values()],
    deployments: () => [...deploymentsById.values()],
  };
}

/** The labels of these names; GitHub makes those that the repository does not have. */
export function ensureLabels(store: Store, names: readonly string[]): readonly string[] {
  const labels = names.map((name) => {
    const known = store.labelsByName.get(name.toLowerCase());
    if (known) return known;
    const label = { id: store.nextId(), name, color: 'ededed', description: null };
    store.labelsByName.set(name.toLowerCase(), label);
    return label;
  });
  return [...new Set(labels.map(({ name }) => name))];
}
