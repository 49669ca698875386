import { hashFiles } from '../hash-files';
import type { Scope } from '../workflow/evaluate';
import { mappingOf, type JsonObject } from '../workflow/node';
import type { JobState, JobStatus } from './job-state';

/** Where an expression is: in the job itself, or in a composite action. */
export interface StepPlace {
  /** `steps`. */
  readonly steps: JsonObject;
  /** `inputs` of an action, or of the workflow. */
  readonly inputs: JsonObject;
  /** Of the step that uses the action, and of the step itself. */
  readonly env: Readonly<Record<string, string>>;
  /** `github.action_path`. */
  readonly actionPath?: string | undefined;
}

/**
 * What expressions of a step can see.
 * @param status of the job or, in a composite action, of its own steps so far
 */
export function scopeOf(
  job: JobState,
  { steps, inputs, env, actionPath }: StepPlace,
  status: () => JobStatus = () => job.status,
): Scope {
  const github = mappingOf(job.contexts['github'], 'github');
  return {
    contexts: {
      ...job.contexts,
      ...(actionPath ? { github: { ...github, action_path: actionPath } } : {}),
      steps,
      inputs,
      env: { ...job.env, ...env },
      job: { status: job.status },
    },
    functions: {
      success: () => status() === 'success',
      failure: () => status() === 'failure',
      always: () => true,
      cancelled: () => job.status === 'cancelled',
      hashFiles: (...names) => hashFiles(job.workspace, names),
    },
  };
}
