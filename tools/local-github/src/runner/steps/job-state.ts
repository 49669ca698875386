import type { Permissions, StepRun } from '../../contract';
import type { RunFacts } from '../github-context';
import type { RunnerOptions } from '../runner-options';
import type { JsonObject } from '../workflow/node';
import type { JobLog } from './job-log';

/** `job.status`. */
export type JobStatus = 'success' | 'failure' | 'cancelled';

/** One job while it runs. */
export interface JobState {
  readonly options: RunnerOptions;
  readonly facts: RunFacts;
  readonly log: JobLog;
  /** Cancels the job: steps that do not ask for it do not start any more. */
  readonly signal: AbortSignal;
  /** Ends what is left of a cancelled job. */
  readonly killed: AbortSignal;
  readonly permissions: Permissions;
  readonly workspace: string;
  /** For scripts and for the files that steps write into. */
  readonly temporary: string;
  /** Contexts that stay as they are during the job. */
  readonly contexts: JsonObject;
  /** Variables of the runner's machine: PATH, HOME. */
  readonly machine: Readonly<Record<string, string>>;
  /** The `env` context: of the workflow and of the job; GITHUB_ENV and actions add to it. */
  readonly env: Record<string, string>;
  /** GITHUB_… and RUNNER_…, which a workflow cannot replace. */
  readonly ofGitHub: Record<string, string>;
  /** Entries that steps added to PATH, the last first. */
  readonly path: string[];
  /** `defaults.run`. */
  readonly defaults: { readonly shell?: string; readonly workingDirectory?: string };
  /** In the order in which they ended. */
  readonly done: StepRun[];
  /** What actions do when the job has ended; the last first. */
  readonly posts: (() => Promise<void>)[];
  summary: string;
  status: JobStatus;
}

/** The environment of a step's program. @param env of the step */
export function processEnvironment(
  { machine, env, ofGitHub, path }: JobState,
  ofStep: Readonly<Record<string, string>>,
): Record<string, string> {
  const variables: Record<string, string> = {
    CI: 'true',
    ...machine,
    ...env,
    ...ofStep,
    ...ofGitHub,
  };
  return { ...variables, PATH: [...path, variables['PATH'] ?? ''].join(':') };
}
