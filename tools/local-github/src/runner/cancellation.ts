/** A cancellation that a job or a step was spared, or not. */
export interface Spared {
  readonly signal: AbortSignal;
  /** Stops listening. */
  dispose(): void;
}

/**
 * Passes a cancellation on to a running job or step, unless its condition still holds at that moment, e.g.
 * `always()`. One that starts after the cancellation is not cancelled.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-cancellation
 */
export function sparedIf(holds: () => boolean, cancelled: AbortSignal): Spared {
  const own = new AbortController();
  const pass = () => {
    if (!holds()) own.abort();
  };
  if (!cancelled.aborted) cancelled.addEventListener('abort', pass, { once: true });
  return { signal: own.signal, dispose: () => cancelled.removeEventListener('abort', pass) };
}
