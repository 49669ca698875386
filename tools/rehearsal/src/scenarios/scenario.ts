import type { Findings } from '../report/report';
import type { Ordered } from '../schedule/select';

/** What a running scenario works with. */
export interface Context {
  /** Root of the workspace. */
  readonly root: string;
  /** dist/rehearsal: the report, logs, the state of the embedded AWS. */
  readonly folder: string;
  /** What the programs that this scenario starts print is appended here. */
  readonly log: string;
  /** Aborts when the rehearsal is interrupted or another scenario fails. */
  readonly signal: AbortSignal;
  readonly findings: Findings;
  /** Shows what happens inside the scenario. */
  readonly note: (text: string) => void;
  /** What a scenario that this one needs returned. */
  resultOf<Result>(scenario: Scenario<Result>): Result;
  /** Whether a scenario has ended well before this one. */
  hasRun(scenario: Scenario): boolean;
  /** Registers what ends a thing that outlives the scenario; the last one registered ends first. */
  onEnd(end: () => Promise<void>): void;
}

/** A part of the rehearsal that proves something. */
export interface Scenario<Result = unknown> extends Ordered<Scenario> {
  /** As `--only` takes it. */
  readonly name: string;
  /** One line: what happens. */
  readonly summary: string;
  /** @throws Error if it does not go as it should */
  run(context: Context): Promise<Result>;
  /** One line: what it showed. */
  describe(result: Result): string;
}
