import {
  DomainError,
  parseUserId,
  TokenRefused,
  type Principal,
  type TokenRefusal,
} from '@clarity/domain';
import { JwtVerifier } from 'aws-jwt-verify';
import { validateCognitoJwtFields } from 'aws-jwt-verify/cognito-verifier';
import {
  JwkValidationError,
  JwksValidationError,
  JwtExpiredError,
  JwtInvalidClaimError,
  JwtParseError,
  JwtWithoutValidKidError,
} from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import type { JwtPayload } from 'aws-jwt-verify/jwt-model';
import { jwksFetcher, JwksUnreachableError, parseKeySet } from './jwks-fetcher';

export interface TokenSource {
  readonly issuer: string;
  /** Apart from the issuer: an embedded AWS issues in the name of the real one. */
  readonly jwksUri: string;
  readonly clientId: string;
}

export interface AccessTokenVerifier {
  /** @throws TokenRefused; DomainError `unavailable` if there are no keys to check with */
  verify(accessToken: string): Promise<Principal>;
  /**
   * Resolves if there are keys to verify with, and has them fetched from time to time, so that a withdrawn key does not
   * stay forever. Old keys are good as long as there are no newer ones: an outage of their source is not ours.
   * @throws DomainError `unavailable` if no keys were ever fetched
   */
  holdKeys(): Promise<void>;
}

/** Milliseconds after which `holdKeys` has the keys fetched again. Rotation does not wait for it: an unknown key id does. */
const keysKeptMs = 10 * 60_000;

/** Checks signature, issuer, client, use and expiry of Cognito's access tokens. */
export function accessTokenVerifier(
  source: TokenSource,
  now: () => number = Date.now,
): AccessTokenVerifier {
  const jwksCache = new SimpleJwksCache({ fetcher: jwksFetcher, jwksParser: parseKeySet });
  /** When they were last asked for; undefined until there are any. */
  let heldSince: number | undefined;
  const verifier = JwtVerifier.create(
    {
      issuer: source.issuer,
      jwksUri: source.jwksUri,
      // An access token of Cognito has no audience; it names its client in `client_id`.
      audience: null,
      customJwtCheck: ({ header, payload }) => {
        // RFC 7515 section 4.1.11: refuse what is not understood, and nothing critical is here.
        if ('crit' in header) throw new TokenRefused('contents');
        validateCognitoJwtFields(payload, { tokenUse: 'access', clientId: source.clientId });
      },
    },
    { jwksCache },
  );
  return {
    async verify(accessToken) {
      try {
        return principalOf(await verifier.verify(accessToken));
      } catch (cause) {
        if (keyErrors.some((kind) => cause instanceof kind)) throw unavailable(cause);
        throw cause instanceof TokenRefused ? cause : new TokenRefused(refusalOf(cause), { cause });
      }
    },
    async holdKeys() {
      const moment = now();
      if (heldSince !== undefined && moment - heldSince < keysKeptMs) return;
      const fetched = jwksCache.getJwks(source.jwksUri);
      if (heldSince === undefined)
        await fetched.catch((cause: unknown) => {
          throw unavailable(cause);
        });
      else fetched.catch(() => undefined);
      heldSince = moment;
    },
  };
}

/** Failures to get the keys; the token may be good. */
const keyErrors = [JwksUnreachableError, JwksValidationError, JwkValidationError];

function unavailable(cause: unknown): DomainError {
  return new DomainError('unavailable', 'Tokens cannot be checked at the moment.', { cause });
}

function refusalOf(cause: unknown): TokenRefusal {
  if (cause instanceof JwtParseError || cause instanceof JwtWithoutValidKidError)
    return 'malformed';
  if (cause instanceof JwtExpiredError) return 'expired';
  return cause instanceof JwtInvalidClaimError ? 'contents' : 'signature';
}

function principalOf(payload: JwtPayload): Principal {
  const userId = parseUserId(payload.sub ?? '');
  // The verifier checks an expiry that is there; one that is missing would never end.
  if (!userId || payload.exp === undefined) throw new TokenRefused('contents');
  const groups = payload['cognito:groups'];
  const names = Array.isArray(groups) ? groups : [];
  return { userId, groups: names.filter((name) => typeof name === 'string') };
}
