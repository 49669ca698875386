import type { GitHubServer, JobLine } from '../contract';

/** What the runner works with. */
export interface RunnerOptions {
  readonly server: GitHubServer;
  /** A Git repository that has every commit that events name. */
  readonly repositoryFolder: string;
  /** Workspaces, caches and artifacts go below it. */
  readonly workFolder: string;
  /** `vars.*`. */
  readonly variables: Readonly<Record<string, string>>;
  /** `secrets.*`; a run from a fork gets none. */
  readonly secrets: Readonly<Record<string, string>>;
  /** What a runner's machine has in its environment: PATH, an AWS endpoint. */
  readonly machine: Readonly<Record<string, string>>;
  /** What a cache contains before a job has saved into it: start of its key → folder. */
  readonly cacheSeeds?: Readonly<Record<string, string>>;
  /** Called before a job with an environment starts; resolves once a person has decided. */
  readonly approve: (environment: string) => Promise<boolean>;
  readonly onLine?: (line: JobLine) => void;
  readonly signal: AbortSignal;
  /** How long a minute of a timeout is, in milliseconds: 60,000, except in tests. */
  readonly minuteMs?: number;
}
