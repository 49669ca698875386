import { randomUUID } from 'node:crypto';
import type { DomainError } from '../errors';
import { TokenRefused, type AuthProvider, type TokenRefusal } from '../ports/auth-provider';

/** A token signed with the provider's own key, right but for what is named here. */
export interface TokenVariation {
  readonly use?: 'access' | 'id';
  readonly userId?: string;
  readonly groups?: readonly string[];
  readonly clientId?: string;
  readonly issuer?: string;
  readonly expiresInSeconds?: number;
}

export interface AuthProviderHarness {
  readonly auth: AuthProvider;
  /** The code that the person got by mail. */
  confirmationCode(email: string): string | Promise<string>;
  issueToken(variation: TokenVariation): string | Promise<string>;
}

const password = 'Correct-Horse-7-Battery';

/**
 * What every AuthProvider has to do.
 * @param options.checksCodes false for an emulator that accepts any code: that test shows as skipped
 */
export function describeAuthProvider(
  name: string,
  factory: () => AuthProviderHarness | Promise<AuthProviderHarness>,
  options: { readonly checksCodes: boolean } = { checksCodes: true },
): void {
  describe(`${name} as an AuthProvider`, () => {
    let harness: AuthProviderHarness;
    let auth: AuthProvider;
    beforeAll(async () => {
      harness = await factory();
      auth = harness.auth;
    });
    const anEmail = () => `${randomUUID()}@example.org`;
    async function aConfirmedAccount() {
      const email = anEmail();
      await auth.register({ email, password });
      await auth.confirm({ email, code: await harness.confirmationCode(email) });
      return email;
    }
    const userOf = async (email: string) =>
      (await auth.verify((await auth.login({ email, password })).accessToken)).userId;
    const rejection = async (attempt: Promise<unknown>) =>
      attempt.then(
        () => {
          throw new Error('It was accepted.');
        },
        (error: DomainError) => error,
      );

    it('takes a person from registration to a verified token', async () => {
      const email = await aConfirmedAccount();
      const tokens = await auth.login({ email, password });
      expect(tokens.refreshToken).toEqual(expect.any(String));
      expect(tokens.expiresInSeconds).toBeGreaterThan(0);
      const userId = expect.stringMatching(/^[A-Za-z0-9_-]{1,128}$/);
      expect(await auth.verify(tokens.accessToken)).toEqual({ userId, groups: [] });
    });

    it('gives an opaque user id, the same at every log-in', async () => {
      const email = await aConfirmedAccount();
      const userId = await userOf(email);
      expect(userId).not.toContain(email.split('@')[0]);
      expect(await userOf(email)).toBe(userId);
    });

    it('answers for a taken mail address as for a new one, and changes nothing', async () => {
      const email = await aConfirmedAccount();
      const userId = await userOf(email);
      const again = { email, password: `${password}-other` };
      const answers = [auth.register(again), auth.register({ ...again, email: anEmail() })];
      expect(await Promise.all(answers)).toEqual([undefined, undefined]);
      expect(await userOf(email)).toBe(userId);
      expect(await rejection(auth.login(again))).toMatchObject({ kind: 'unauthenticated' });
    });

    it('answers for a taken mail address that is not confirmed as for a new one', async () => {
      const email = anEmail();
      await auth.register({ email, password });
      expect(await auth.register({ email, password })).toBeUndefined();
    });

    it('refuses a password that the policy forbids, whether the address is taken or not', async () => {
      const taken = await aConfirmedAccount();
      const refused = await Promise.all(
        [anEmail(), taken].map((email) => rejection(auth.register({ email, password: 'short' }))),
      );
      for (const weak of refused) {
        expect(weak).toMatchObject({ kind: 'invalid-input', fields: [{ pointer: '/password' }] });
        expect(weak.message).not.toContain('short');
      }
      expect(refused[0]?.message).toBe(refused[1]?.message);
    });

    it('tells an unconfirmed person so', async () => {
      const email = anEmail();
      await auth.register({ email, password });
      expect(await rejection(auth.login({ email, password }))).toMatchObject({
        kind: 'unconfirmed',
      });
    });

    const itWithCodes = options.checksCodes ? it : it.skip;
    itWithCodes('refuses a wrong code, and a right one a second time', async () => {
      const email = anEmail();
      await auth.register({ email, password });
      const code = await harness.confirmationCode(email);
      const wrong = code === '000000' ? '000001' : '000000';
      const first = await rejection(auth.confirm({ email, code: wrong }));
      await auth.confirm({ email, code });
      const second = await rejection(auth.confirm({ email, code }));
      expect([first.kind, second.kind]).toEqual(['invalid-input', 'invalid-input']);
    });

    it('answers for a mail address without account as for a wrong code or password', async () => {
      const email = await aConfirmedAccount();
      const wrong = await rejection(auth.login({ email, password: `${password}!` }));
      const nobody = await rejection(auth.login({ email: anEmail(), password }));
      expect(wrong.kind).toBe('unauthenticated');
      expect([nobody.kind, nobody.message]).toEqual([wrong.kind, wrong.message]);
      const stranger = await rejection(auth.confirm({ email: anEmail(), code: '123456' }));
      expect(stranger).toMatchObject({ kind: 'invalid-input', fields: [{ pointer: '/code' }] });
    });

    it('refreshes, and the new token is of the same person', async () => {
      const email = await aConfirmedAccount();
      const userId = await userOf(email);
      const { refreshToken = '' } = await auth.login({ email, password });
      const tokens = await auth.refresh(refreshToken);
      expect(tokens.refreshToken).toBeUndefined();
      expect(await auth.verify(tokens.accessToken)).toEqual({ userId, groups: [] });
      expect(await rejection(auth.refresh('not-a-refresh-token'))).toMatchObject({
        kind: 'unauthenticated',
      });
    });

    it('verifies groups', async () => {
      const userId = randomUUID();
      const token = await harness.issueToken({ userId, groups: ['operators', 'staff'] });
      expect(await auth.verify(token)).toEqual({ userId, groups: ['operators', 'staff'] });
    });

    const evil = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Evil';
    const notOurs: [string, TokenVariation, TokenRefusal][] = [
      ['that has expired', { expiresInSeconds: -1 }, 'expired'],
      ['of another client', { clientId: 'someone-else' }, 'contents'],
      ['of another issuer', { issuer: evil }, 'contents'],
      ['that is an id token', { use: 'id' }, 'contents'],
      ['whose subject could reach into other partitions', { userId: 'a#b' }, 'contents'],
    ];
    it.each(notOurs)('refuses a token %s and gives the reason', async (_, variation, reason) => {
      const token = await harness.issueToken(variation);
      const refused = await rejection(auth.verify(token));
      expect(refused).toBeInstanceOf(TokenRefused);
      expect(refused).toMatchObject({ kind: 'unauthenticated', reason });
    });

    it('refuses the id token of a login', async () => {
      const email = await aConfirmedAccount();
      const { idToken } = await auth.login({ email, password });
      expect(await rejection(auth.verify(idToken))).toMatchObject({ reason: 'contents' });
    });

    it('refuses a token whose claims or signature were changed', async () => {
      const [header = '', payload = '', signature = ''] = (await harness.issueToken({})).split('.');
      const other = (await harness.issueToken({ userId: randomUUID() })).split('.');
      const flipped = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
      const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
      const forged = [
        [header, other[1], signature],
        [header, payload, flipped],
        [header, payload, ''],
        [unsigned, payload, ''],
        [header, payload],
      ];
      for (const parts of forged)
        expect(await rejection(auth.verify(parts.join('.')))).toMatchObject({
          kind: 'unauthenticated',
          reason: expect.stringMatching(/^(signature|malformed)$/),
        });
    });

    it.each(['', 'x', 'a.b.c', '...', 'Bearer token', '🙂.🙂.🙂'])(
      'refuses %p, which is not a token',
      async (token) => {
        expect(await rejection(auth.verify(token))).toMatchObject({ reason: 'malformed' });
      },
    );

    it('answers ping', async () => {
      await auth.ping();
    });
  });
}
