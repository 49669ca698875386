import { runBuilt, type ProgramEnd, type ProgramOptions } from '../programs/run-built';
import type { Context } from './scenario';
import { startAws } from './start-aws';

/**
 * Runs a verb of the built pipeline on the embedded AWS.
 * @returns how it ended, well or not
 */
export function tryPipeline(context: Context, ...args: string[]): Promise<ProgramEnd> {
  return endedPipeline(context, undefined, ...args);
}

/** The same, ended by a signal in the middle of its work. */
export function endedPipeline(
  context: Context,
  end: ProgramOptions['end'],
  ...args: string[]
): Promise<ProgramEnd> {
  const env = { AWS_ENDPOINT_URL: context.resultOf(startAws).endpoint };
  return runBuilt('tools/pipeline/main.js', args, { ...context, env, ...(end && { end }) });
}

/** The same, for a verb that has to succeed. @throws Error with its last lines if it does not */
export async function pipeline(context: Context, ...args: string[]): Promise<string> {
  const { exitCode, output, explanation } = await tryPipeline(context, ...args);
  if (exitCode !== 0) throw new Error(explanation);
  return output;
}
