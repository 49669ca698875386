import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { exchange } from './exchange';
import type { Facts, Request, Response } from './request';
import type { identityProvider } from './oidc/identity-provider';
import { findOperation } from './openapi/description';
import { Refusal } from './refusal';
import type { newTroubles, Trouble } from './trouble';

/** A request and its answer, as a report or a test may look at it. */
export interface Exchange {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Id of the operation; undefined if GitHub has none or it is none of the REST API. */
  readonly operation: string | undefined;
  readonly status: number;
  /** Why GitHub would not have answered so: a mistake of this server. */
  readonly violation?: string;
}

interface Context {
  readonly facts: Facts;
  readonly identities: ReturnType<typeof identityProvider>;
  readonly trouble: ReturnType<typeof newTroubles>;
  readonly signal: AbortSignal;
}

/** Reads a request, lets trouble happen, answers. */
export async function respond(
  context: Context,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  record: (exchange: Exchange) => void,
): Promise<void> {
  try {
    const { method = 'GET', headers } = incoming;
    const url = new URL(incoming.url ?? '/', context.facts.addresses.url);
    const { authorization } = headers;
    const request = { method, url, authorization, body: await text(incoming) };
    const operation = findOperation(method, url.pathname)?.operation.id;
    const path = `${url.pathname}${url.search}`;
    const met = context.trouble.meet(operation, `${method} ${path}`);
    const response = await answerThrough(context, request, met);
    const { status, violation } = response;
    record({ method, path, operation, status, ...(violation !== undefined && { violation }) });
    send(outgoing, response);
  } catch (error) {
    // The connection is gone, or we are.
    if (outgoing.destroyed || context.signal.aborted) return;
    const reason = error instanceof Error ? error.stack : String(error);
    const { status, body } = new Refusal(500, `The embedded GitHub broke: ${reason}`);
    send(outgoing, { status, headers: {}, body });
  }
}

async function answerThrough(
  { facts, identities, signal }: Context,
  request: Request,
  trouble: Trouble | undefined,
): Promise<Response> {
  if (trouble?.latencyMs !== undefined) await sleep(trouble.latencyMs, undefined, { signal });
  await trouble?.meanwhile?.();
  const answer = () =>
    identities.owns(request.url.pathname)
      ? identityAnswer(identities, request)
      : exchange(facts, request);
  if (trouble?.status === undefined) return answer();
  if (trouble.takesEffect) answer();
  const { status, message = 'Server Error', headers = {} } = trouble;
  return { status, headers, body: new Refusal(status, message).body };
}

function identityAnswer(identities: Context['identities'], request: Request): Response {
  try {
    const body = identities.answer(request.url, request.authorization);
    return { status: 200, headers: {}, body };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: error.status, headers: {}, body: error.body };
  }
}

function send(outgoing: ServerResponse, { status, headers, body }: Response): void {
  outgoing.writeHead(status, {
    'x-github-request-id': randomUUID(),
    'x-github-media-type': 'github.v3; format=json',
    'x-github-api-version-selected': '2022-11-28',
    ...(body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
    ...headers,
  });
  outgoing.end(body === undefined ? undefined : JSON.stringify(body));
}
