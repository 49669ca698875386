/**
 * How a run can end. Each way has its own exit code, so that a workflow or a script can distinguish them.
 * `--help` and docs/pipelines.md print this table.
 */
export const exits = {
  ok: { code: 0, meaning: 'success' },
  unexpected: { code: 1, meaning: 'an unexpected error, most likely a bug in the pipeline' },
  usage: { code: 2, meaning: 'bad arguments, an unknown environment, or a missing file' },
  environment: {
    code: 3,
    meaning:
      'Terraform, the provider or Docker is missing, or AWS or GitHub refused or did not answer',
  },
  terraform: { code: 4, meaning: 'Terraform failed' },
  locked: { code: 5, meaning: 'another run is changing this environment' },
  unapproved: {
    code: 6,
    meaning: 'the plan goes beyond the approved changes; that stack was not applied',
  },
  rolledBack: {
    code: 10,
    meaning: 'ECS rolled back the deployment; the previous release is still serving',
  },
  rollbackFailed: { code: 11, meaning: 'the rollback failed too; a person has to look' },
  stopped: { code: 12, meaning: 'the rollout was stopped by hand' },
  timedOut: {
    code: 13,
    meaning: 'ECS gave no verdict in time; the rollout may still be running',
  },
  noDeployment: { code: 14, meaning: 'ECS has no deployment for the task definition' },
  superseded: { code: 15, meaning: 'another run has taken the lock on this environment' },
  noRelease: { code: 16, meaning: 'no earlier release to go back to' },
  outOfOrder: {
    code: 17,
    meaning:
      'this commit may not follow the current release, or is not current one environment before',
  },
  untried: {
    code: 18,
    meaning:
      'a stopped app could not be tried in time, most likely for lack of a GPU host; it is stopped again',
  },
  interrupted: { code: 130, meaning: 'interrupted by a signal' },
} as const satisfies Record<string, { readonly code: number; readonly meaning: string }>;

export type ExitReason = keyof typeof exits;
export type FailureReason = Exclude<ExitReason, 'ok'>;

/** A failure that a user can act on: reported without a stack trace, and with its own exit code. */
export class PipelineError extends Error {
  constructor(
    readonly reason: FailureReason,
    message: string,
    /** What to do about it, in one sentence. */
    readonly advice?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'PipelineError';
  }
}
