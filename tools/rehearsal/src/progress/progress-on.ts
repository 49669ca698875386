import { createColors } from 'picocolors';
import { liveProgress } from './live-progress';
import { plainProgress } from './plain-progress';
import type { Output, Progress } from './progress';

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
