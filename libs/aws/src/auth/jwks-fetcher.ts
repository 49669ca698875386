import type { Fetcher } from 'aws-jwt-verify/https';

const timeout = 3_000;
const maxTries = 2;

/** Fetches a key set over https, and over http too, for an embedded AWS on loopback. */
export const jwksFetcher: Fetcher = {
  async fetch(uri) {
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await fetch(uri, {
          signal: AbortSignal.timeout(timeout),
          redirect: 'error',
        });
        if (!response.ok) throw new JwksUnreachableError(`HTTP ${response.status}`);
        return await response.arrayBuffer();
      } catch (cause) {
        if (attempt === maxTries) throw new JwksUnreachableError('no answer', { cause });
      }
    }
  },
};

/** The key set cannot be had. */
export class JwksUnreachableError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`The keys of the token issuer cannot be fetched: ${reason}.`, options);
    this.name = 'JwksUnreachableError';
  }
}
