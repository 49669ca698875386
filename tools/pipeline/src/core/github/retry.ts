/** A failed request, in the shape of `@octokit/request-error`. */
export interface FailedRequest {
  /** HTTP status; 500 without an answer. */
  readonly status: number;
  /** Whether GitHub answered: a network failure is not GitHub's. */
  readonly answered: boolean;
  readonly message: string;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/** Attempts of one request, including the first. */
const mostAttempts = 5;
/** A waiting runner costs money: beyond this the run fails. */
const longestWaitMs = 5 * 60_000;
/** GitHub asks for one minute if a secondary limit gives no time. */
const secondaryLimitMs = 60_000;
const firstBackoffMs = 1_000;

/**
 * How long to wait before a request is retried.
 * @param attempt attempts so far, from 1
 * @param random from 0 to 1: runs that failed together must not retry together
 * @returns milliseconds, or undefined if a retry is of no use
 */
export function waitBeforeRetry(
  failed: FailedRequest,
  attempt: number,
  { now = Date.now(), random = Math.random() } = {},
): number | undefined {
  if (attempt >= mostAttempts) return undefined;
  const wait = isRateLimit(failed)
    ? limitedFor(failed, now)
    : failed.status >= 500
      ? firstBackoffMs * 2 ** (attempt - 1) * (0.5 + random)
      : undefined;
  return wait !== undefined && wait <= longestWaitMs ? wait : undefined;
}

/** GitHub limits with 403 or 429; a 403 without these signs is a missing permission. */
export function isRateLimit({ status, message, headers }: FailedRequest): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers['retry-after'] !== undefined ||
    String(headers['x-ratelimit-remaining']) === '0' ||
    /secondary rate limit|abuse detection/i.test(message)
  );
}

function limitedFor({ headers }: FailedRequest, now: number): number {
  const after = Number(headers['retry-after'] ?? NaN);
  if (Number.isFinite(after)) return Math.max(0, after) * 1_000;
  const reset = Number(headers['x-ratelimit-reset'] ?? NaN);
  if (String(headers['x-ratelimit-remaining']) === '0' && Number.isFinite(reset))
    return Math.max(0, reset * 1_000 - now);
  return secondaryLimitMs;
}
