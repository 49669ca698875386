import type { ScenarioRecord } from '../report/scenario-record';

/** Shows how the scenarios go; several may run at the same time. */
export interface Progress {
  started(name: string): void;
  /** Something happened inside a running scenario. */
  note(name: string, text: string): void;
  ended(record: ScenarioRecord): void;
}

/** Where progress is written: a terminal, a file or a pipe. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}
