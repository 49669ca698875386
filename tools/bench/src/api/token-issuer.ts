import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TokenIssuer {
  /** What tells the API to trust it. */
  readonly variables: Readonly<Record<string, string>>;
  /** @returns an access token as Cognito makes them, for a user of its own */
  issue(): string;
  close(): void;
}

const kid = 'bench';
const clientId = 'bench';
const lifetimeSeconds = 3_600;

/** Stands in for Cognito: a key set on loopback, and tokens that are signed with it. */
export async function startTokenIssuer(): Promise<TokenIssuer> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }];
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    variables: {
      USER_POOL_ID: 'us-east-1_bench',
      USER_POOL_CLIENT_ID: clientId,
      TOKEN_ISSUER: address,
      TOKEN_JWKS_URI: `${address}/jwks.json`,
    },
    issue() {
      const now = Math.floor(Date.now() / 1_000);
      const content = [
        { alg: 'RS256', kid },
        {
          sub: randomUUID(),
          iss: address,
          client_id: clientId,
          token_use: 'access',
          jti: randomUUID(),
          iat: now,
          exp: now + lifetimeSeconds,
        },
      ]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
