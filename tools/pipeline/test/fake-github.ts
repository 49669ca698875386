import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Reporter } from '../src/io/reporter';
import { connectGitHub, type GitHub } from '../src/core/github/client';

export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingMessage['headers'];
}

/** A server that answers as a test defines, and a client of it that does not wait. */
export async function fakeGitHub(answer: (request: FakeRequest, origin: string) => FakeAnswer) {
  const requests: FakeRequest[] = [];
  const reply = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { pathname, searchParams } = new URL(incoming.url ?? '/', origin);
    const text = Buffer.concat(chunks).toString();
    const request: FakeRequest = {
      method: incoming.method ?? '',
      path: pathname,
      query: searchParams,
      body: text ? (JSON.parse(text) as FakeRequest['body']) : {},
      headers: incoming.headers,
    };
    requests.push(request);
    const { status = 200, headers = {}, body } = answer(request, origin);
    outgoing.writeHead(status, { 'content-type': 'application/json', ...headers });
    outgoing.end(status === 204 ? undefined : JSON.stringify(body ?? {}));
  };
  const server = createServer((incoming, outgoing) => void reply(incoming, outgoing));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const waits: number[] = [];
  const warnings: string[] = [];
  const reporter: Reporter = {
    step: () => undefined,
    info: () => undefined,
    warn: (text) => warnings.push(text),
  };
  const github: GitHub = connectGitHub({
    token: 'a-token',
    repository: 'clarity/backend',
    apiUrl: origin,
    reporter,
    wait: async (ms) => waits.push(ms),
  });
  return {
    github,
    requests,
    waits,
    warnings,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
