import type { Permissions, StepRun } from '../../contract';
import type { RunFacts } from '../github-context';
import type { RunnerOptions } from '../runner-options';
import type { JsonObject } from '../workflow/node';
import type { JobLog } from './job-log';

/** One job while it runs. */
export interface JobState {
  readonly options: RunnerOptions;
  readonly facts: RunFacts;
  readonly log: JobLog;
  readonly signal: AbortSignal;
  readonly permissions: Permissions;
  readonly workspace: string;
  /** For scripts and for the files that steps write into. */
  readonly temporary: string;
  /** Contexts that stay as they are during the job. */
  readonly contexts: JsonObject;
  /** Variables of the machine, of GitHub and of the job; GITHUB_ENV and actions add to it. */
  readonly variables: Record<string, string>;
  readonly path: string[];
  readonly shell: string;
  /** In the order in which they ended. */
  readonly done: StepRun[];
  /** What actions do when the job has ended; the last first. */
  readonly posts: (() => Promise<void>)[];
  summary: string;
  failed: boolean;
}
