/**
 * How a run ends. Each way has its own exit code, so that a workflow or a person's script can tell
 * them apart; docs/pipelines.md and `--help` print this table.
 */
export const exitCodes = {
  ok: 0,
  /** A bug in the pipeline, or something it has no name for. */
  unexpected: 1,
  /** Bad arguments, an unknown environment, a missing file. */
  usage: 2,
  /** Terraform, the provider or AWS is missing or cannot be reached. */
  environment: 3,
  /** Terraform failed. */
  terraform: 4,
  /** Somebody else is changing this environment. */
  locked: 5,
  /** The plan does more than what was approved. */
  unapproved: 6,
  /** The rollout was rolled back by ECS; the previous release serves. */
  rolledBack: 10,
  /** The rollback failed too; a person has to look. */
  rollbackFailed: 11,
  /** Somebody stopped the rollout. */
  stopped: 12,
  /** ECS gave no verdict in time; the rollout may still be going on. */
  timedOut: 13,
  /** There was something to roll out, and ECS knows of no deployment. */
  noDeployment: 14,
  /** Somebody took over: a rollback goes before a deploy. */
  superseded: 15,
  /** There is no release to go back to. */
  noRelease: 16,
  /** Interrupted by a signal. */
  interrupted: 130,
} as const;

export type ExitReason = keyof typeof exitCodes;
export type FailureReason = Exclude<ExitReason, 'ok'>;

/** An end that a user can act on: said without a stack trace, and with its own exit code. */
export class PipelineError extends Error {
  constructor(
    readonly reason: FailureReason,
    message: string,
    /** What to do about it, one sentence. */
    readonly advice?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'PipelineError';
  }
}
