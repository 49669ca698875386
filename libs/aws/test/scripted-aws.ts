import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ScriptedAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The `content-length`, if it is not the body's: then nothing follows the body, and the answer never ends. */
  readonly announcedBytes?: number;
  /** Called when the answer has ended, or its connection. */
  readonly closed?: () => void;
}

type Answer = ScriptedAnswer | ((requestBody: string) => ScriptedAnswer);

/**
 * An endpoint that answers as the real AWS does and an emulator never would; the last answer
 * repeats.
 */
export async function withScriptedAws<T>(
  answers: readonly Answer[],
  use: (endpoint: string, requests: () => number) => Promise<T>,
): Promise<T> {
  let requests = 0;
  const server = createServer((request, response) => {
    const answer = answers[Math.min(requests++, answers.length - 1)] ?? { status: 200, body: '' };
    void text(request).then((sent) => {
      const scripted = typeof answer === 'function' ? answer(sent) : answer;
      const { status, body, headers, announcedBytes, closed } = scripted;
      if (closed) response.once('close', closed);
      response.writeHead(status, {
        'content-type': 'application/x-amz-json-1.1',
        'content-length': announcedBytes ?? Buffer.byteLength(body),
        ...headers,
      });
      if (announcedBytes === undefined) response.end(body);
      else response.write(body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    return await use(`http://127.0.0.1:${port}`, () => requests);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** An error of the JSON protocols (DynamoDB, Cognito, Secrets Manager). */
export function jsonError(name: string, message = 'secret detail of AWS'): ScriptedAnswer {
  return { status: 400, body: JSON.stringify({ __type: name, message }) };
}
