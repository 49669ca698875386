import { BlockList, isIP } from 'node:net';
import { matchesWildcard } from '../../balancer/rules/wildcard';
import { matchesArn } from './match-arn';

/** Compares a pattern of the policy (wildcards escaped if literal) with a value of the request. */
export interface ConditionOperator {
  readonly matches: (pattern: string, value: string) => boolean;
  /** True for the operators that hold if nothing matches, e.g. `StringNotEquals`. */
  readonly negated: boolean;
}

type Matches = ConditionOperator['matches'];

const literal = (pattern: string): string => pattern.replace(/\\([\\*?])/g, '$1');
const equals: Matches = (pattern, value) => literal(pattern) === value;
const ignoringCase: Matches = (pattern, value) =>
  literal(pattern).toLowerCase() === value.toLowerCase();

const compare =
  (read: (text: string) => number, holds: (value: number, wanted: number) => boolean): Matches =>
  (pattern, value) =>
    holds(read(value), read(literal(pattern)));

/** Epoch seconds; dates are ISO 8601 or epoch seconds already. */
const seconds = (text: string): number =>
  /^\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text) / 1_000;

const inRange: Matches = (pattern, value) => {
  const [range = '', prefix] = literal(pattern).split('/');
  const family = isIP(range) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(range) === 0 || isIP(value) === 0) return false;
  const list = new BlockList();
  list.addSubnet(range, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family);
  return list.check(value, isIP(value) === 6 ? 'ipv6' : 'ipv4');
};

const ordered = (read: (text: string) => number, prefix: string) => ({
  [`${prefix}LessThan`]: compare(read, (value, wanted) => value < wanted),
  [`${prefix}LessThanEquals`]: compare(read, (value, wanted) => value <= wanted),
  [`${prefix}GreaterThan`]: compare(read, (value, wanted) => value > wanted),
  [`${prefix}GreaterThanEquals`]: compare(read, (value, wanted) => value >= wanted),
});

const positive: Readonly<Record<string, Matches>> = {
  Bool: ignoringCase,
  BinaryEquals: equals,
  ...ordered(Number, 'Numeric'),
  ...ordered(seconds, 'Date'),
};

/** Operators that also exist as `…Not…`, by the text before and after it. */
const negatable: readonly (readonly [string, string, Matches])[] = [
  ['String', 'Equals', equals],
  ['String', 'EqualsIgnoreCase', ignoringCase],
  ['String', 'Like', matchesWildcard],
  ['Numeric', 'Equals', compare(Number, (value, wanted) => value === wanted)],
  ['Date', 'Equals', compare(seconds, (value, wanted) => value === wanted)],
  ['Arn', 'Equals', matchesArn],
  ['Arn', 'Like', matchesArn],
  ['', 'IpAddress', inRange],
];

/**
 * Every operator but `Null`, which asks for the key and not its value:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const conditionOperators: ReadonlyMap<string, ConditionOperator> = new Map<
  string,
  ConditionOperator
>([
  ...Object.entries(positive).map(
    ([name, matches]) => [name, { matches, negated: false }] as const,
  ),
  ...negatable.flatMap(([before, after, matches]) => [
    [`${before}${after}`, { matches, negated: false }] as const,
    [`${before}Not${after}`, { matches, negated: true }] as const,
  ]),
]);
