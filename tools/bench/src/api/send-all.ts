import { Agent, request } from 'node:http';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token?: string;
  readonly body?: Buffer;
}

/** Connections to keep for several calls of {@link sendAll}; destroy them at the end. */
export function keepConnections(connections: number): Agent {
  return new Agent({ keepAlive: true, maxSockets: connections });
}

/**
 * Sends requests over all connections of the agent, each connection one after the other.
 * @returns the seconds until the last answer was there
 * @throws Error for an answer other than 200: what failed fast is not a measurement
 */
export async function sendAll(
  port: number,
  requests: readonly Request[],
  agent: Agent,
): Promise<number> {
  const waiting = requests.values();
  const startedAt = performance.now();
  const connection = async () => {
    for (const each of waiting) await send(agent, port, each);
  };
  await Promise.all(Array.from({ length: agent.maxSockets }, connection));
  return (performance.now() - startedAt) / 1_000;
}

async function send(
  agent: Agent,
  port: number,
  { method, path, token, body }: Request,
): Promise<void> {
  const sent = request({
    agent,
    host: '127.0.0.1',
    port,
    method,
    path,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && {
        'content-type': 'application/json',
        'content-length': body.length,
      }),
    },
  });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  if (response.statusCode === 200) await once(response.resume(), 'end');
  else
    throw new Error(
      `${method} ${path} was answered ${response.statusCode}: ${await text(response)}`,
    );
}
