import { setTimeout as sleep } from 'node:timers/promises';

export interface EventuallyOptions {
  readonly limitMs: number;
  /** Names what is waited for, in the error. */
  readonly what: string;
  readonly signal?: AbortSignal;
  readonly pauseMs?: number;
}

/**
 * Asks again until there is an answer.
 * @param ask returns undefined, or throws, if it is too early
 * @throws Error that names what did not come, with the last error as its cause; the reason of an abort
 */
export async function eventually<Result>(
  ask: () => Promise<Result | undefined>,
  { limitMs, what, signal, pauseMs = 500 }: EventuallyOptions,
): Promise<Result> {
  let lastError: unknown;
  for (const deadline = Date.now() + limitMs; ;) {
    signal?.throwIfAborted();
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() + pauseMs > deadline) break;
    await sleep(pauseMs);
  }
  const why = lastError instanceof Error ? ` (${lastError.message})` : '';
  throw new Error(`${what} did not come within ${limitMs / 1000} s${why}`, { cause: lastError });
}
