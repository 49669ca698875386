import { LocalCloudError } from '../errors/local-cloud-error';
import type { AlarmState } from './evaluate-alarm';

/**
 * Whether the rule of a composite alarm holds: ALARM("name"), OK(…), INSUFFICIENT_DATA(…), TRUE,
 * FALSE, NOT, AND, OR and parentheses. An alarm that is not there has insufficient data.
 * @throws LocalCloudError if it cannot be read
 */
export function ruleHolds(
  rule: string,
  stateOf: (alarm: string) => AlarmState | undefined,
): boolean {
  const tokens = rule.match(/"[^"]*"|[()]|[^\s()"]+/g) ?? [];
  let at = 0;
  const fail = (): never => {
    throw new LocalCloudError(`Not a rule of a composite alarm: ${rule}`);
  };
  const take = (token: string) => {
    if (tokens[at] !== token) fail();
    at += 1;
  };
  // Both sides are always read, so that the position is right whatever the left one says.
  const or = (): boolean => {
    let result = and();
    while (tokens[at] === 'OR') {
      at += 1;
      const right = and();
      result ||= right;
    }
    return result;
  };
  const and = (): boolean => {
    let result = not();
    while (tokens[at] === 'AND') {
      at += 1;
      const right = not();
      result &&= right;
    }
    return result;
  };
  const not = (): boolean => {
    if (tokens[at] !== 'NOT') return primary();
    at += 1;
    return !not();
  };
  const primary = (): boolean => {
    const token = tokens[at] ?? '';
    at += 1;
    if (token === '(') {
      const inner = or();
      take(')');
      return inner;
    }
    if (token === 'TRUE' || token === 'FALSE') return token === 'TRUE';
    if (token !== 'ALARM' && token !== 'OK' && token !== 'INSUFFICIENT_DATA') return fail();
    take('(');
    const name = (tokens[at] ?? '').replaceAll('"', '');
    at += 1;
    take(')');
    // By name or by ARN.
    const state = stateOf(name.replace(/^arn:[^"]*:alarm:/, '')) ?? 'INSUFFICIENT_DATA';
    return state === token;
  };
  const holds = or();
  if (at < tokens.length) fail();
  return holds;
}
