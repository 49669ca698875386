import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { EmbeddedEcs } from '../ecs/embedded-ecs';
import { listenOnLoopback } from '../listen-on-loopback';
import { forwardToMoto } from './forward-to-moto';
import { identifyRequest } from './identify-request';
import { mayBeOurs, ownAnswer } from './own-answers';
import { readBody } from './read-body';
import { statusPage } from './status-pages';

/** The one port that the AWS API is spoken on. */
export interface Front {
  readonly endpoint: string;
  close(): Promise<void>;
}

export interface FrontOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly motoPort: number;
  readonly ecs: EmbeddedEcs;
}

/** Answers what is ours (own-answers, and the /_local pages); all else is moto's. */
export async function startFront({ port, motoPort, ecs }: FrontOptions): Promise<Front> {
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { url = '/' } = incoming;
    if (url.startsWith('/_local/')) return answerStatus(url, outgoing, ecs);
    const identity = identifyRequest(incoming);
    if (!mayBeOurs(identity, incoming.method)) return forwardToMoto(incoming, outgoing, motoPort);
    const body = await readBody(incoming);
    const answer = await ownAnswer(identity, body, ecs);
    if (!answer) return forwardToMoto(incoming, outgoing, motoPort, body);
    outgoing.writeHead(answer.status, { 'content-type': answer.contentType });
    outgoing.end(answer.text);
  };

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  // SDK clients keep connections for long; uploads may be slower than Node's default patience.
  server.keepAliveTimeout = 65_000;
  server.requestTimeout = 0;
  const taken = await listenOnLoopback(server, port);
  return {
    endpoint: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerStatus(url: string, outgoing: ServerResponse, ecs: EmbeddedEcs): void {
  const page = statusPage(url.replace(/\?.*$/, ''), ecs);
  outgoing.writeHead(page === undefined ? 404 : 200, { 'content-type': 'application/json' });
  outgoing.end(`${JSON.stringify(page ?? { message: 'no such page' }, null, 2)}\n`);
}
