/** A release that was deployed by hand, as the report shows it. */
export interface ReleaseRecord {
  readonly name: string;
  readonly expected: string;
  readonly verdict: string;
  readonly exitCode: number;
  /** From the moment at which ECS ended the deployment until the pipeline reported it. */
  readonly secondsAfterEcs: number | null;
  /** From the start of the program to UpdateService. */
  readonly secondsToUpdateService: number | null;
}
