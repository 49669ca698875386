import type { Condition, Rule } from './listener';
import { matchesWildcard } from './wildcard';

/** What rules and redirects look at. */
export interface RequestFacts {
  /** From the Host header, without the port. */
  readonly host: string;
  /** Without the query. */
  readonly path: string;
  /** Without the question mark; as it was sent. */
  readonly query: string;
}

/** The first rule that matches; undefined only if a listener has no default action. */
export const matchRule = (rules: readonly Rule[], request: RequestFacts): Rule | undefined =>
  rules.find(({ conditions }) => conditions.every((condition) => holds(condition, request)));

/** Paths are case-sensitive, hosts are not. */
const holds = ({ field, values }: Condition, { path, host }: RequestFacts): boolean =>
  field === 'path-pattern'
    ? values.some((value) => matchesWildcard(value, path))
    : values.some((value) => matchesWildcard(value.toLowerCase(), host.toLowerCase()));
