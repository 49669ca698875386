import { createColors } from 'picocolors';
import type { ScenarioRecord } from '../report/scenario-record';
import { liveProgress } from './live-progress';
import { plainProgress } from './plain-progress';

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

export type Environment = Readonly<Record<string, string | undefined>>;

/** Live lines on a terminal; plain ones elsewhere and in CI. */
export function progressOn(output: Output, env: Environment = process.env): Progress {
  const colors = colorsFor(output, env);
  return output.isTTY && !env['CI'] ? liveProgress(output, colors) : plainProgress(output, colors);
}

/** Colours on a terminal without NO_COLOR, or if FORCE_COLOR asks for them. */
export function colorsFor(
  { isTTY = false }: Output,
  env: Environment = process.env,
): ReturnType<typeof createColors> {
  const isForced = !!env['FORCE_COLOR'] && env['FORCE_COLOR'] !== '0';
  return createColors(!env['NO_COLOR'] && (isForced || (isTTY && env['TERM'] !== 'dumb')));
}
