/** How a scenario went, as the report shows it. */
export interface ScenarioRecord {
  readonly name: string;
  readonly summary: string;
  /** Stopped: it was running when another one failed, or the rehearsal was interrupted. */
  readonly verdict: 'passed' | 'failed' | 'stopped';
  /** Seconds since the rehearsal started. */
  readonly start: number;
  readonly seconds: number;
  /** What it showed, or why it failed. */
  readonly detail: string;
  /** Its log, relative to the report; absent if it started no program. */
  readonly log?: string;
}
