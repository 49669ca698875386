/** What ends a job besides its steps. */
export interface Deadline {
  /** Cancels the job: its run was cancelled, or its time is over. */
  readonly signal: AbortSignal;
  /** Ends what is left of it, 5 minutes after the cancellation. */
  readonly killed: AbortSignal;
  expired(): boolean;
  dispose(): void;
}

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-cancellation */
const cancelTimeoutMinutes = 5;

/** @param minuteMs how long a minute is, in milliseconds */
export function deadline(minutes: number, cancelled: AbortSignal, minuteMs: number): Deadline {
  const timeout = new AbortController();
  const killed = new AbortController();
  const signal = AbortSignal.any([cancelled, timeout.signal]);
  let timer = setTimeout(() => timeout.abort(), minutes * minuteMs);
  const onCancel = () => {
    clearTimeout(timer);
    timer = setTimeout(() => killed.abort(), cancelTimeoutMinutes * minuteMs);
  };
  if (signal.aborted) onCancel();
  else signal.addEventListener('abort', onCancel, { once: true });
  return {
    signal,
    killed: killed.signal,
    expired: () => timeout.signal.aborted,
    dispose: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onCancel);
    },
  };
}
