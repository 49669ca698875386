export interface RehearsalOptions {
  readonly root: string;
  /** dist/rehearsal: reports, logs, the embedded AWS's state. */
  readonly folder: string;
  readonly signal: AbortSignal;
}
