import { createPublicKey, createVerify, type JsonWebKey } from 'node:crypto';
import { startServer, type LocalGitHub } from '../src/server/start-server';
import { jobClient } from './server-client';

let server: LocalGitHub;
beforeEach(async () => {
  server = await startServer({ subjectPrefix: 'repo:clarity@1/clarity@2' });
});
afterEach(() => server.close());

async function getJson<T>(url: string, token = ''): Promise<T> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as T;
}

test('a job gets a token with its identity, which others can verify', async () => {
  const { token } = jobClient(server, { 'id-token': 'write' });
  const variables = server.oidcVariables(token, 'environment:prod');
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: key = '' } =
    variables;
  const ask = () => getJson<{ value: string }>(`${url}&audience=sts.amazonaws.com`, key);
  const { value } = await ask();
  const [header = '', payload = '', signature = ''] = value.split('.');
  const decoded = (part: string) =>
    JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  expect(decoded(payload)).toMatchObject({
    iss: 'https://token.actions.githubusercontent.com',
    aud: 'sts.amazonaws.com',
    sub: 'repo:clarity@1/clarity@2:environment:prod',
    environment: 'prod',
    repository: 'clarity/clarity',
    actor: 'ada',
    run_id: '1',
  });
  const { jwks_uri: keys } = await getJson<{ jwks_uri: string }>(
    `${server.url}/.well-known/openid-configuration`,
  );
  const jwks = await getJson<{ keys: (JsonWebKey & { kid: string })[] }>(keys);
  const jwk = jwks.keys.find(({ kid }) => kid === decoded(header)['kid']);
  if (!jwk) throw new Error('The key is not published.');
  const verified = createVerify('RSA-SHA256')
    .update(`${header}.${payload}`)
    .verify(createPublicKey({ key: jwk, format: 'jwk' }), signature, 'base64url');
  expect(verified).toBe(true);

  server.revokeToken(token);
  await expect(ask()).rejects.toThrow('401');
});

test('a job without id-token: write has no identity', () => {
  const { token } = jobClient(server, { contents: 'write' });
  expect(() => server.oidcVariables(token, 'environment:prod')).toThrow('id-token: write');
});
