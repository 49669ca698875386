import { createHmac, randomBytes, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import { ValidationError } from '@clarity/schema';
import { DomainError } from '../errors';
import { parseUserId, type UserId } from '../ids';
import {
  TokenRefused,
  type AuthProvider,
  type Principal,
  type Tokens,
} from '../ports/auth-provider';
import { faults, type FaultInjection } from './fault-injection';

/** The contents of a token of this provider; a test may forge any part of it with the provider's own key. */
export interface TokenClaims {
  readonly sub: string;
  readonly use: 'access' | 'id';
  readonly clientId: string;
  readonly issuer: string;
  readonly groups: readonly string[];
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export interface InMemoryAuthProvider extends AuthProvider, FaultInjection {
  /** The code that the person would get by mail. */
  confirmationCode(email: string): string | undefined;
  addToGroup(email: string, group: string): void;
  /** A correctly signed token with these claims over those of a valid access token. */
  issueToken(claims: Partial<TokenClaims>): string;
}

export interface AuthOptions {
  readonly now?: () => number;
  readonly tokenLifetimeSeconds?: number;
}

interface AccountRecord {
  readonly userId: UserId;
  readonly password: string;
  readonly code: string;
  readonly groups: string[];
  confirmed: boolean;
}

const issuer = 'in-memory';
const clientId = 'in-memory-client';
const minPasswordLength = 12;

export function inMemoryAuthProvider({
  now = Date.now,
  tokenLifetimeSeconds = 3600,
}: AuthOptions = {}): InMemoryAuthProvider {
  const accounts = new Map<string, AccountRecord>();
  const refreshTokens = new Map<string, AccountRecord>();
  const key = randomBytes(32);
  const { check, failNext, slowDown } = faults('auth provider');

  const sign = (payload: string) => createHmac('sha256', key).update(payload).digest('base64url');
  const issueToken = (claims: Partial<TokenClaims>): string => {
    const expiresAt = now() + tokenLifetimeSeconds * 1000;
    const valid: TokenClaims = {
      sub: randomUUID(),
      use: 'access',
      clientId,
      issuer,
      groups: [],
      expiresAt,
    };
    const payload = Buffer.from(JSON.stringify({ ...valid, ...claims })).toString('base64url');
    return `in-memory.${payload}.${sign(payload)}`;
  };
  const tokensFor = ({ userId, groups }: AccountRecord): Omit<Tokens, 'refreshToken'> => ({
    accessToken: issueToken({ sub: userId, groups }),
    idToken: issueToken({ sub: userId, groups, use: 'id' }),
    expiresInSeconds: tokenLifetimeSeconds,
  });

  return {
    failNext,
    slowDown,
    issueToken,
    confirmationCode: (email) => accounts.get(email)?.code,
    addToGroup: (email, group) => void accounts.get(email)?.groups.push(group),

    async register({ email, password }, options) {
      await check(options);
      if (password.length < minPasswordLength)
        throw badField('/password', 'The password does not meet the policy.');
      if (accounts.has(email)) return;
      const userId = randomUUID() as string as UserId;
      const code = String(randomInt(100_000, 1_000_000));
      accounts.set(email, { userId, password, code, groups: [], confirmed: false });
    },
    async confirm({ email, code }, options) {
      await check(options);
      const found = accounts.get(email);
      if (!found || found.confirmed || found.code !== code)
        throw badField('/code', 'The code is wrong or has expired.');
      found.confirmed = true;
    },
    async login({ email, password }, options) {
      await check(options);
      const found = accounts.get(email);
      if (!found || found.password !== password)
        throw new DomainError('unauthenticated', 'The mail address or the password is wrong.');
      if (!found.confirmed)
        throw new DomainError('unconfirmed', 'The mail address is not confirmed yet.');
      const refreshToken = randomBytes(32).toString('base64url');
      refreshTokens.set(refreshToken, found);
      return { ...tokensFor(found), refreshToken };
    },
    async refresh(refreshToken, options) {
      await check(options);
      const found = refreshTokens.get(refreshToken);
      if (!found) throw new DomainError('unauthenticated', 'The refresh token is not valid.');
      return tokensFor(found);
    },
    async verify(accessToken, options) {
      await check(options);
      return principalOf(accessToken, sign, now());
    },
    async ping(options) {
      await check(options);
    },
  };
}

function badField(pointer: string, detail: string): ValidationError {
  return new ValidationError(detail, [{ pointer, detail }]);
}

/** @throws TokenRefused */
function principalOf(token: string, sign: (payload: string) => string, now: number): Principal {
  const [header, payload = '', signature, ...rest] = token.split('.');
  if (header !== 'in-memory' || signature === undefined || rest.length > 0)
    throw new TokenRefused('malformed');
  const expected = Buffer.from(sign(payload));
  const actual = Buffer.from(signature);
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual))
    throw new TokenRefused('signature');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as TokenClaims;
  if (claims.expiresAt <= now) throw new TokenRefused('expired');
  const userId = parseUserId(claims.sub);
  const ours = claims.issuer === issuer && claims.clientId === clientId && claims.use === 'access';
  if (!ours || !userId) throw new TokenRefused('contents');
  return { userId, groups: claims.groups };
}
