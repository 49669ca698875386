/** What the server, the runner and their users exchange. */
export type Access = 'read' | 'write';

/** What a job's token may do, e.g. `{ contents: 'read', 'id-token': 'write' }`. */
export type Permissions = Readonly<Record<string, Access>>;

export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped';

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
}

export interface StepRun {
  readonly name: string;
  readonly conclusion: Conclusion;
  readonly seconds: number;
}

export interface JobRun {
  /** As in the file; of a called workflow `<caller's id> / <id>`, of a matrix with its values. */
  readonly name: string;
  readonly conclusion: Conclusion;
  readonly environment?: { readonly name: string; readonly url?: string };
  readonly permissions: Permissions;
  readonly steps: readonly StepRun[];
  readonly outputs: Readonly<Record<string, string>>;
  /** Markdown that the steps wrote into the job's summary. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  /** What the steps printed, masked. */
  readonly log: string;
}

export interface WorkflowRun {
  readonly id: number;
  /** Name below .github/workflows. */
  readonly file: string;
  readonly event: GitHubEvent['kind'];
  readonly conclusion: Conclusion;
  readonly jobs: readonly JobRun[];
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string;
}

/** What a job printed, masked. */
export interface JobLine {
  /** Id of its workflow run: several may run at a time. */
  readonly run: number;
  readonly job: string;
  readonly line: string;
}

export type GitHubEvent =
  | {
      readonly kind: 'pull_request';
      readonly action: 'opened' | 'synchronize';
      readonly number: number;
      /** The commit that is checked out. */
      readonly sha: string;
    }
  | {
      /** A merge queue asks for the checks of a pull request on top of its base and of those before it. */
      readonly kind: 'merge_group';
      /** Of the pull request. */
      readonly number: number;
      /** What main is if everything before it is merged. */
      readonly base: string;
      readonly sha: string;
      readonly actor: string;
    }
  | {
      readonly kind: 'push';
      readonly branch: string;
      readonly before: string;
      readonly sha: string;
      readonly actor: string;
    }
  | {
      readonly kind: 'workflow_dispatch';
      readonly file: string;
      readonly sha: string;
      readonly inputs: Readonly<Record<string, string>>;
      readonly actor: string;
    }
  | { readonly kind: 'schedule'; readonly file: string; readonly sha: string };

export interface PullRequest {
  readonly number: number;
  readonly title: string;
  readonly head: { readonly ref: string; readonly sha: string; readonly fork: boolean };
  readonly base: { readonly ref: string; readonly sha: string };
  readonly user: string;
}

/** For whom a token is made. */
export interface TokenHolder {
  readonly runId: number;
  readonly job: string;
  readonly permissions: Permissions;
  readonly actor: string;
}

/** GitHub's API on loopback, as the runner needs it. */
export interface GitHubServer {
  /** `http://127.0.0.1:<port>`: GITHUB_API_URL and GITHUB_SERVER_URL. */
  readonly url: string;
  /** `owner/name`. */
  readonly repository: string;
  pullRequest(number: number): PullRequest | undefined;
  /** `ghs_…`, good until it is revoked. */
  issueToken(holder: TokenHolder): string;
  revokeToken(token: string): void;
  /** Whether a job may start in an environment. @param ref of its run, e.g. `refs/heads/main` */
  admits(environment: string, ref: string): boolean;
  /**
   * What lets a job ask for an OIDC token.
   * @param subject what comes after the prefix in `sub`: `environment:prod`, `pull_request`, `ref:…`
   */
  oidcVariables(token: string, subject: string): Readonly<Record<string, string>>;
  /** Writes a deployment of a job with an environment; the second call with its end. */
  recordDeployment(deployment: {
    readonly environment: string;
    readonly sha: string;
    readonly state: 'in_progress' | 'success' | 'failure';
    readonly url?: string;
    readonly runId: number;
  }): void;
}
