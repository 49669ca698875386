import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const kid = 'test-issuer';

export interface TokenIssuer {
  /** Serves the keys of the embedded AWS and one more, with which `issue` signs. */
  readonly jwksUri: string;
  /** How often the keys were asked for. */
  readonly requests: () => number;
  /** @param header further members of the JOSE header */
  issue(claims: Readonly<Record<string, unknown>>, header?: object): string;
  /** What to answer with from now on instead of the keys. */
  answerWith(status: number, body: string): void;
  close(): Promise<void>;
}

const keysAt = async (address: string): Promise<unknown[]> =>
  ((await (await fetch(address)).json()) as { keys: unknown[] }).keys;

/** @param upstream key set whose tokens are to be accepted too */
export async function startTokenIssuer(upstream?: string): Promise<TokenIssuer> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const own = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' };
  let requests = 0;
  let instead: { readonly status: number; readonly body: string } | undefined;
  const keys = async () => [own, ...(upstream ? await keysAt(upstream) : [])];
  const server = createServer((_, response) => {
    requests++;
    response.setHeader('content-type', 'application/json');
    if (instead) return response.writeHead(instead.status).end(instead.body);
    return void keys().then((all) => response.end(JSON.stringify({ keys: all })));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    jwksUri: `http://127.0.0.1:${port}/jwks.json`,
    requests: () => requests,
    issue(claims, header = {}) {
      const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
      const content = `${encode({ alg: 'RS256', kid, ...header })}.${encode({ jti: randomUUID(), ...claims })}`;
      const signature = sign('sha256', Buffer.from(content), privateKey).toString('base64url');
      return `${content}.${signature}`;
    },
    answerWith: (status, body) => void (instead = { status, body }),
    close: () => closed(server),
  };
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
