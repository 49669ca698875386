import { setTimeout } from 'node:timers/promises';
import { startTokenIssuer, type TokenIssuer } from '../../test/token-issuer';
import { accessTokenVerifier } from './access-token-verifier';

const issuer = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Test';
const clientId = 'client';
const inTenMinutes = () => Math.floor(Date.now() / 1000) + 600;
const claims = () => ({
  iss: issuer,
  sub: 'user-1',
  client_id: clientId,
  token_use: 'access',
  exp: inTenMinutes(),
});

describe('the verifier of access tokens', () => {
  let tokens: TokenIssuer;
  beforeEach(async () => {
    tokens = await startTokenIssuer();
  });
  afterEach(() => tokens.close());
  const verifier = () => accessTokenVerifier({ issuer, clientId, jwksUri: tokens.jwksUri });

  it('fetches the keys once for many tokens', async () => {
    const { verify } = verifier();
    const all = Array.from({ length: 20 }, () => verify(tokens.issue(claims())));
    expect(await Promise.all(all)).toHaveLength(20);
    await verify(tokens.issue(claims()));
    expect(tokens.requests()).toBe(1);
  });

  it('is not driven to fetch keys by tokens that name an unknown key', async () => {
    const { verify } = verifier();
    const [, payload, signature] = tokens.issue(claims()).split('.');
    const header = Buffer.from('{"alg":"RS256","kid":"nobody"}').toString('base64url');
    for (let n = 0; n < 5; n++)
      await expect(verify(`${header}.${payload}.${signature}`)).rejects.toMatchObject({
        kind: 'unauthenticated',
      });
    expect(tokens.requests()).toBe(1);
    expect(await verify(tokens.issue(claims()))).toMatchObject({ userId: 'user-1' });
  });

  it.each([
    ['an expiry', { exp: undefined }],
    ['a subject', { sub: undefined }],
    ['a client', { client_id: undefined }],
    ['an issuer', { iss: undefined }],
    ['a use', { token_use: undefined }],
  ])('refuses a token without %s', async (_, missing) => {
    const token = tokens.issue({ ...claims(), ...missing });
    await expect(verifier().verify(token)).rejects.toMatchObject({ kind: 'unauthenticated' });
  });

  it.each([
    ['one that is not defined', { crit: ['exp-policy'], 'exp-policy': 'strict' }],
    ['b64, which Node could apply but this verifier does not', { crit: ['b64'], b64: true }],
    ['none, which RFC 7515 forbids', { crit: [] }],
    ['something that is not a list', { crit: null }],
  ])('refuses a token whose critical header names %s', async (_, header) => {
    expect(await verifier().verify(tokens.issue(claims(), { typ: 'JWT' }))).toBeDefined();
    const token = tokens.issue(claims(), header);
    await expect(verifier().verify(token)).rejects.toMatchObject({ reason: 'contents' });
  });

  it.each(['none', 'HS256', 'RS512'])('refuses the algorithm %s', async (alg) => {
    const token = tokens.issue(claims(), { alg });
    await expect(verifier().verify(token)).rejects.toMatchObject({ reason: 'signature' });
  });

  it('refuses a token that is not valid yet', async () => {
    const token = tokens.issue({ ...claims(), nbf: inTenMinutes() });
    await expect(verifier().verify(token)).rejects.toMatchObject({ kind: 'unauthenticated' });
  });

  it('fails as unavailable, not as unauthenticated, if it cannot get the keys', async () => {
    const { verify, holdKeys } = verifier();
    const token = tokens.issue(claims());
    await tokens.close();
    await expect(verify(token)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(holdKeys()).rejects.toMatchObject({ kind: 'unavailable' });
    tokens = await startTokenIssuer();
  });

  describe('once it has keys', () => {
    let now: number;
    async function withKeys() {
      now = 0;
      const held = accessTokenVerifier({ issuer, clientId, jwksUri: tokens.jwksUri }, () => now);
      await held.holdKeys();
      return held;
    }
    /** Until the keys were asked for this often, and the last answer was read. */
    async function fetched(times: number): Promise<void> {
      while (tokens.requests() < times) await setTimeout(5);
      await setTimeout(100);
    }

    it('fetches them every ten minutes, however often it is asked', async () => {
      const { holdKeys } = await withKeys();
      for (now = 0; now < 10 * 60_000; now += 1_000) await holdKeys();
      expect(tokens.requests()).toBe(1);
      await holdKeys();
      await holdKeys();
      await fetched(2);
      expect(tokens.requests()).toBe(2);
    });

    it.each([
      ['cannot be reached', 500, ''],
      ['answers without keys', 200, '{"keys":[]}'],
      ['answers what is not a key set', 200, '<html>'],
    ])('keeps them if their source %s', async (_, status, body) => {
      const { holdKeys, verify } = await withKeys();
      tokens.answerWith(status, body);
      now += 10 * 60_000;
      await holdKeys();
      await fetched(2);
      expect(await verify(tokens.issue(claims()))).toMatchObject({ userId: 'user-1' });
      await holdKeys();
    });
  });
});
