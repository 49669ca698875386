import { constants } from 'node:os';

/** The exit code of an ended process; 128 + n for signal n, as shells report it. */
export function exitCodeOf(
  code: number | null | undefined,
  signal: NodeJS.Signals | null | undefined,
): number {
  return code ?? 128 + (signal ? constants.signals[signal] : 1);
}
