import { PipelineError } from '../../errors';
import type { Reporter } from '../../io/reporter';
import { isRefusal } from '../aws-errors';
import { messageOf, pause } from './watch-deployment';

const patienceMs = 60_000;
const pauseMs = 1_000;

/**
 * Makes a call of AWS that may be repeated until it succeeds, for a minute: the SDK's own attempts cover
 * no outage of an endpoint.
 * @throws the error of the call, at once if AWS refuses it for good or if it is a PipelineError
 */
export async function patiently<Answer>(
  call: () => Promise<Answer>,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<Answer> {
  for (const deadline = Date.now() + patienceMs; ;) {
    try {
      return await call();
    } catch (error) {
      if (error instanceof PipelineError || isRefusal(error) || Date.now() >= deadline) throw error;
      reporter.warn(`An AWS call failed: ${messageOf(error)}; retrying`);
    }
    await pause(pauseMs, signal);
  }
}
