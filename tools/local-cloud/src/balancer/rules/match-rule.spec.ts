import type { Condition } from './listener';
import { matchRule, type RequestFacts } from './match-rule';

const request: RequestFacts = {
  host: 'api.example.com',
  path: '/v1/samples',
  query: 'type=heart_rate&limit=10',
};
const holds = (...conditions: Condition[]) =>
  matchRule(
    [{ arn: 'rule', conditions, action: { kind: 'forward', targetGroupArn: '' } }],
    request,
  ) !== undefined;

it.each<[string, boolean, Condition]>([
  ['a path', true, { field: 'path-pattern', values: ['/v2/*', '/v1/*'] }],
  ['a path in another case', false, { field: 'path-pattern', values: ['/V1/*'] }],
  ['a path, never its query', false, { field: 'path-pattern', values: ['*limit=10'] }],
  ['a host in another case', true, { field: 'host-header', values: ['*.EXAMPLE.com'] }],
  ['another host', false, { field: 'host-header', values: ['example.com'] }],
])('%s: %s', (_what, expected, condition) => {
  expect(holds(condition)).toBe(expected);
});

it('wants all conditions of a rule', () => {
  const host: Condition = { field: 'host-header', values: ['api.*'] };
  expect(holds(host, { field: 'path-pattern', values: ['/v1/*'] })).toBe(true);
  expect(holds(host, { field: 'path-pattern', values: ['/v2/*'] })).toBe(false);
});
