import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ValidationError } from '@clarity/schema';
import type { GitHubEvent } from '../contract';
import type { EmbeddedGitHub } from '../runner/embedded-github';
import type { LocalGitHub } from '../server/start-server';
import {
  parseEvent,
  parseIdentity,
  parseLogin,
  parseMerge,
  parsePullRequest,
  parsePush,
  parseTrouble,
} from './messages';

/** Clients give up on an answer that is silent for minutes, and jobs may be. */
const aliveEveryMs = 30_000;

export interface Controlled {
  readonly server: LocalGitHub;
  readonly runner: EmbeddedGitHub;
}

export interface Control {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * What people do and the clock triggers at GitHub, over HTTP, with JSON both ways:
 * - `POST /pull-requests`, `POST /pull-requests/<number>/pushes`, `POST /pull-requests/<number>/merge`
 * - `POST /tokens` `{login}`: a person's token for the API
 * - `POST /identities` `{subject, actor}`: an OIDC token as a job for that subject gets it, e.g. `environment:dev`
 * - `POST /troubles`: what goes wrong with an operation of the API, once or `times`
 * - `POST /events`: runs the workflows that the event starts. While they run the response has one JSON
 *   object per line: `{run, job, line}` for what a job of theirs prints and at the end `{runs}`, or
 *   `{error}`; from time to time a line is empty. A client that disconnects cancels the runs
 *
 * A malformed body is answered 422 and an unknown path 404, both with `{error}`.
 */
export async function startControl(controlled: Controlled): Promise<Control> {
  const http = createServer((request, response) => {
    answer(controlled, request, response).catch((error: unknown) => refuse(response, error));
  }).listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

async function answer(
  { server, runner }: Controlled,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await json(request);
  const send = (value: unknown) => response.end(JSON.stringify(value));
  const [, resource, number, what] = (request.url ?? '').split('/');
  switch (`${request.method} ${[resource, what].filter(Boolean).join('/')}`) {
    case 'POST pull-requests':
      return void send(server.openPullRequest(parsePullRequest(body)));
    case 'POST pull-requests/pushes': {
      const { sha, files } = parsePush(body);
      return void send(server.updatePullRequest(Number(number), sha, files));
    }
    case 'POST pull-requests/merge': {
      const { sha, by } = parseMerge(body);
      return void send(server.mergePullRequest(Number(number), sha, by));
    }
    case 'POST tokens':
      return void send({ token: server.issuePersonToken(parseLogin(body).login) });
    case 'POST identities': {
      const { subject, actor } = parseIdentity(body);
      return void send({ token: server.identityToken(subject, actor) });
    }
    case 'POST troubles': {
      const { deletes, ...trouble } = parseTrouble(body);
      const meanwhile =
        deletes === undefined ? {} : { meanwhile: () => server.deleteComment(deletes) };
      server.trouble.add({ ...trouble, ...meanwhile });
      return void send({});
    }
    case 'POST events': {
      return followEvent(runner, parseEvent(body), response);
    }
    default:
      response.statusCode = 404;
      send({ error: `There is no ${request.method} ${request.url}.` });
  }
}

/** Runs an event and streams what its jobs print; a client that disconnects cancels its runs. */
async function followEvent(
  runner: EmbeddedGitHub,
  event: GitHubEvent,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const writeText = (text: string) => void (response.destroyed || response.write(`${text}\n`));
  const write = (value: unknown) => writeText(JSON.stringify(value));
  const alive = setInterval(() => writeText(''), aliveEveryMs);
  try {
    write({ runs: await runner.fire(event, { onLine: write, signal: gone.signal }) });
  } catch (error) {
    write({ error: messageOf(error) });
  } finally {
    clearInterval(alive);
    response.end();
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function json(request: IncomingMessage): Promise<unknown> {
  const body = await text(request);
  try {
    return body === '' ? undefined : (JSON.parse(body) as unknown);
  } catch (cause) {
    throw new ValidationError('The body is not JSON.', [], { cause });
  }
}

function refuse(response: ServerResponse, error: unknown): void {
  const fields = error instanceof ValidationError ? error.fields : [];
  const places = fields.map(({ pointer, detail }) => `${pointer} ${detail}`);
  response.statusCode = 422;
  response.end(JSON.stringify({ error: [messageOf(error), ...places].join('\n') }));
}
