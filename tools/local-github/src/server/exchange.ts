import { requirePermission } from './access/permissions';
import { rateLimitHeaders } from './access/rate-limit';
import type { Caller } from './access/tokens';
import type { Addresses } from './answers/addresses';
import { graphqlAnswer } from './graphql/answer';
import { answerViolation } from './openapi/check-answer';
import { readBody, readPath, readQuery, type Values } from './openapi/check-request';
import { findOperation, type Operation } from './openapi/description';
import { pageOf } from './page';
import { notFound, Refusal } from './refusal';
import type { Facts, Request, Response } from './request';
import { routes } from './routes';

/** Answers a request as GitHub would, and holds the answer against GitHub's description. */
export function exchange(facts: Facts, request: Request): Response {
  const { method, url } = request;
  const found = findOperation(method, url.pathname);
  let limited: Readonly<Record<string, string>> = {};
  try {
    const caller = facts.tokens.caller(request.authorization);
    try {
      // What is left may be asked for at any time.
      if (found?.operation.id !== 'rate-limit/get') facts.limits.count(caller.token);
    } finally {
      limited = rateLimitHeaders(facts.limits.of(caller.token));
    }
    if (method === 'POST' && url.pathname === '/graphql') {
      const { status, headers, body } = graphqlAnswer(facts, caller, request.body);
      return { status, headers: { ...limited, ...headers }, body };
    }
    // Clients take a 404 for "there is none".
    if (!found)
      throw new Refusal(501, `The embedded GitHub does not answer ${method} ${url.pathname}.`);
    const answer = answered(facts, request, { ...found, caller });
    const response = { ...answer, headers: { ...limited, ...answer.headers } };
    const violation = answerViolation(found.operation, response);
    return violation === undefined ? response : { ...response, ...mistake(violation), violation };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const headers = { ...limited, ...error.details.headers };
    return { status: error.status, headers, body: error.body };
  }
}

function answered(
  facts: Facts,
  { url, body: text }: Request,
  found: {
    readonly operation: Operation;
    readonly path: Readonly<Record<string, string>>;
    readonly caller: Caller;
  },
): Response {
  const { operation, caller } = found;
  const route = routes[operation.id];
  if (!route) throw new Refusal(501, `The embedded GitHub does not answer ${operation.id}.`);
  requireThisRepository(facts.addresses, found.path);
  const path = readPath(operation, found.path);
  requirePermission(caller, route.needs({ store: facts.store, path }));
  const query = readQuery(operation, url.searchParams);
  const body = readBody(operation, text);
  requireHonoured(operation, [...(route.honours ?? []), 'per_page', 'page'], query, body);
  const answer = route.answer({ ...facts, caller, path, query, body });
  if (!('list' in answer)) return { headers: {}, ...answer };
  const { items, headers } = pageOf(answer.list, url);
  return { status: 200, headers, body: items };
}

/** What a token does not see is not there. */
function requireThisRepository({ repository }: Addresses, path: Values): void {
  const { owner, repo } = path;
  if (
    owner !== undefined &&
    `${String(owner)}/${String(repo)}`.toLowerCase() !== repository.toLowerCase()
  )
    throw notFound();
}

/** Rather no answer than one that leaves out what was asked for. */
function requireHonoured(
  { id }: Operation,
  honoured: readonly string[],
  query: Values,
  body: unknown,
): void {
  const keys = typeof body === 'object' && body !== null ? Object.keys(body) : [];
  const ignored = [...Object.keys(query), ...keys].filter((key) => !honoured.includes(key));
  if (ignored.length > 0)
    throw new Refusal(501, `The embedded GitHub does not support ${ignored} in ${id}.`);
}

function mistake(violation: string): Pick<Response, 'status' | 'body'> {
  const refusal = new Refusal(500, `A mistake of the embedded GitHub: ${violation}`);
  return { status: refusal.status, body: refusal.body };
}
