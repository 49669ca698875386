import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import type { Condition, QueryPair, Rule } from './listener';
import { matchesWildcard } from './wildcard';

/** What rules look at. */
export interface RequestFacts {
  readonly method: string;
  /** From the Host header, without the port. */
  readonly host: string;
  /** Without the query. */
  readonly path: string;
  /** Without the question mark; as it was sent. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** Of the connection; X-Forwarded-For does not count. */
  readonly sourceIp: string;
}

/** The first rule that holds; undefined only where a listener has not even a default action. */
export const matchRule = (rules: readonly Rule[], request: RequestFacts): Rule | undefined =>
  rules.find(({ conditions }) => conditions.every((condition) => holds(condition, request)));

function holds(condition: Condition, request: RequestFacts): boolean {
  switch (condition.field) {
    case 'path-pattern':
      return condition.values.some((value) => matchesWildcard(value, request.path));
    case 'host-header':
      return matchesAny(condition.values, request.host);
    case 'http-request-method':
      return condition.values.includes(request.method);
    case 'http-header': {
      const sent = request.headers[condition.name.toLowerCase()];
      const values = typeof sent === 'string' ? [sent] : (sent ?? []);
      return values.some((value) => matchesAny(condition.values, value));
    }
    case 'query-string':
      return matchesQuery(condition.pairs, request.query);
    case 'source-ip':
      return condition.cidrs.some((cidr) => contains(cidr, request.sourceIp));
    case 'unknown':
      return false;
  }
}

const matchesAny = (patterns: readonly string[], text: string): boolean =>
  patterns.some((pattern) => matchesWildcard(pattern.toLowerCase(), text.toLowerCase()));

function matchesQuery(wanted: readonly QueryPair[], query: string): boolean {
  const sent = query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const [key = '', ...value] = part.split('=');
      return { key, value: value.join('=') };
    });
  return wanted.some((pair) =>
    sent.some(
      ({ key, value }) =>
        (pair.key === undefined || matchesAny([pair.key], key)) && matchesAny([pair.value], value),
    ),
  );
}

function contains(cidr: string, address: string): boolean {
  const [network = '', prefix] = cidr.split('/');
  const family = isIPv6(network) ? 'ipv6' : 'ipv4';
  if ((isIPv6(address) ? 'ipv6' : 'ipv4') !== family) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family);
  return list.check(address, family);
}
