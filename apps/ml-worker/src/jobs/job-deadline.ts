import { DomainError } from '@clarity/domain';

/**
 * Gives work a limited time. When that is over it is given up, whatever of it hangs; it makes no more calls that take
 * the signal.
 * @param work gets the signal that aborts at the deadline
 * @throws DomainError `unavailable` at the deadline; what the work rejects with
 */
export async function withinDeadline<Result>(
  ms: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const deadline = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new DomainError('unavailable', `The job did not end within ${ms / 1_000} s.`);
      deadline.abort(error);
      reject(error);
    }, ms);
  });
  try {
    return await Promise.race([work(deadline.signal), passed]);
  } finally {
    clearTimeout(timer);
  }
}
