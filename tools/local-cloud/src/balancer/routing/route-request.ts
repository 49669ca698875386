import type { IncomingMessage, ServerResponse } from 'node:http';
import { chooseTarget } from './choose-target';
import { forwardRequest } from './forward-request';
import type { Listener } from '../rules/listener';
import { matchRule, type RequestFacts } from '../rules/match-rule';
import { answerError, answerFixed, answerRedirect, redirectLocation } from './own-response';
import { isTargetFailure, type RequestOver } from './request-over';
import type { Target, TargetTable } from '../targets/target-table';

export interface Routing {
  /** What the request arrived at; undefined if the load balancer has no listener yet. */
  readonly listener: Listener | undefined;
  readonly table: TargetTable;
  /** A number that grows by one a request. */
  readonly turn: number;
  readonly urlOf: (protocol: string, port: number) => string | undefined;
}

/** Does with a request what the rules of its listener say; resolves when it is over. */
export async function routeRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { listener, table, turn, urlOf }: Routing,
): Promise<Pick<RequestOver, 'outcome' | 'targetGroupArn'>> {
  const request = factsOf(incoming);
  const action = listener && matchRule(listener.rules, request)?.action;
  const byRule = (status: number) => {
    incoming.resume();
    return { outcome: { by: 'rule', status } as const, targetGroupArn: undefined };
  };
  if (!action) {
    incoming.resume();
    answerError(outgoing, 503);
    const outcome = { by: 'load-balancer', status: 503, broken: false } as const;
    return { outcome, targetGroupArn: undefined };
  }
  switch (action.kind) {
    case 'fixed-response':
      answerFixed(outgoing, action);
      return byRule(action.status);
    case 'redirect':
      answerRedirect(outgoing, action.status, redirectLocation(action, request, listener, urlOf));
      return byRule(action.status);
    case 'forward': {
      const { targetGroupArn } = action;
      const tried = new Set<Target>();
      let last: Target | undefined;
      const outcome = await forwardRequest(incoming, outgoing, () => {
        const target = chooseTarget(table.targets(targetGroupArn), turn, tried);
        if (!target) return undefined;
        tried.add(target);
        last = target;
        return { target, close: table.open(target) };
      });
      if (last && isTargetFailure(outcome)) last.failures += 1;
      return { outcome, targetGroupArn };
    }
  }
}

function factsOf({ url = '/', headers }: IncomingMessage): RequestFacts {
  const [path = '/', ...query] = url.split('?');
  return {
    host: (headers.host ?? '').replace(/:\d+$/, ''),
    path,
    query: query.join('?'),
  };
}
