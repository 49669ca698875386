import { setTimeout as sleep } from 'node:timers/promises';

export interface EventuallyOptions {
  readonly limitMs: number;
  readonly signal: AbortSignal;
  /** Names what is waited for in the error. */
  readonly what: string;
}

/**
 * Asks again until there is an answer.
 * @param ask returns undefined, or throws, where it is too early
 * @throws Error that names what did not come, with the last error as its cause
 */
export async function eventually<Result>(
  ask: () => Promise<Result | undefined>,
  { limitMs, signal, what }: EventuallyOptions,
): Promise<Result> {
  let lastError: unknown;
  for (const deadline = Date.now() + limitMs; Date.now() < deadline;) {
    signal.throwIfAborted();
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      lastError = error;
    }
    await sleep(500);
  }
  const why = lastError instanceof Error ? ` (${lastError.message})` : '';
  throw new Error(`${what} did not come within ${limitMs / 1000} s${why}`, { cause: lastError });
}
