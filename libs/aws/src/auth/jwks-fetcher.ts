import { JwksValidationError } from 'aws-jwt-verify/error';
import type { Fetcher } from 'aws-jwt-verify/https';
import { assertIsJwks, type Jwks } from 'aws-jwt-verify/jwk';

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

type Json = Parameters<typeof assertIsJwks>[0];

/**
 * Reads a key set. One without keys is a fault of its source, and must not replace the keys at hand.
 * @throws JwksValidationError
 */
export function parseKeySet(bytes: ArrayBuffer): Jwks {
  const keySet = readJson(bytes);
  assertIsJwks(keySet);
  if (keySet.keys.length === 0) throw new JwksValidationError('The key set has no keys.');
  return keySet;
}

function readJson(bytes: ArrayBuffer): Json {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json;
  } catch (cause) {
    throw new JwksValidationError(`The key set is not JSON: ${String(cause)}`);
  }
}

/** The key set cannot be had. */
export class JwksUnreachableError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`The keys of the token issuer cannot be fetched: ${reason}.`, options);
    this.name = 'JwksUnreachableError';
  }
}
