import { Refusal } from '../refusal';

const windowSeconds = 3600;

export interface RateLimits {
  /** Counts a request. @throws Refusal 403 if the hour's requests are used up */
  count(token: string): void;
  /** The limits of a token, without counting this request. `reset` is in seconds since 1970. */
  of(token: string): { limit: number; used: number; remaining: number; reset: number };
}

/** GitHub's primary limit: so many requests an hour and token. */
export function rateLimits(limit: number, clock: () => Date): RateLimits {
  const windows = new Map<string, { used: number; reset: number }>();
  const windowOf = (token: string) => {
    const now = Math.floor(clock().getTime() / 1000);
    const known = windows.get(token);
    if (known && known.reset > now) return known;
    const fresh = { used: 0, reset: now + windowSeconds };
    windows.set(token, fresh);
    return fresh;
  };
  return {
    count(token) {
      const window = windowOf(token);
      if (window.used >= limit) throw new Refusal(403, 'API rate limit exceeded for installation.');
      window.used++;
    },
    of(token) {
      const { used, reset } = windowOf(token);
      return { limit, used, remaining: limit - used, reset };
    },
  };
}

export function rateLimitHeaders(rate: ReturnType<RateLimits['of']>): Record<string, string> {
  return {
    'x-ratelimit-limit': String(rate.limit),
    'x-ratelimit-remaining': String(rate.remaining),
    'x-ratelimit-used': String(rate.used),
    'x-ratelimit-reset': String(rate.reset),
    'x-ratelimit-resource': 'core',
  };
}
