import type { Condition } from './listener';
import { matchRule, type RequestFacts } from './match-rule';

const request: RequestFacts = {
  method: 'GET',
  host: 'api.example.com',
  path: '/v1/samples',
  query: 'type=heart_rate&limit=10',
  headers: { 'x-release': 'canary-7' },
  sourceIp: '10.1.2.3',
};
const holds = (...conditions: Condition[]) =>
  matchRule([{ arn: 'rule', conditions, action: { kind: 'forward', groups: [] } }], request) !==
  undefined;

it.each<[string, boolean, Condition]>([
  ['a path', true, { field: 'path-pattern', values: ['/v2/*', '/v1/*'] }],
  ['a path in another case', false, { field: 'path-pattern', values: ['/V1/*'] }],
  ['a path, never its query', false, { field: 'path-pattern', values: ['*limit=10'] }],
  ['a host in another case', true, { field: 'host-header', values: ['*.EXAMPLE.com'] }],
  ['another host', false, { field: 'host-header', values: ['example.com'] }],
  ['a method', true, { field: 'http-request-method', values: ['POST', 'GET'] }],
  ['a header', true, { field: 'http-header', name: 'X-Release', values: ['canary-?'] }],
  ['no such header', false, { field: 'http-header', name: 'X-Other', values: ['*'] }],
  ['key and value', true, { field: 'query-string', pairs: [{ key: 'TYPE', value: 'heart*' }] }],
  ['any key', true, { field: 'query-string', pairs: [{ key: undefined, value: '10' }] }],
  [
    'key of one, value of another',
    false,
    { field: 'query-string', pairs: [{ key: 'type', value: '10' }] },
  ],
  ['a network', true, { field: 'source-ip', cidrs: ['192.168.0.0/16', '10.1.0.0/16'] }],
  ['another family', false, { field: 'source-ip', cidrs: ['::/0'] }],
  ['an unknown field', false, { field: 'unknown' }],
])('%s: %s', (_what, expected, condition) => {
  expect(holds(condition)).toBe(expected);
});

it('wants all conditions of a rule', () => {
  const get: Condition = { field: 'http-request-method', values: ['GET'] };
  expect(holds(get, { field: 'path-pattern', values: ['/v1/*'] })).toBe(true);
  expect(holds(get, { field: 'path-pattern', values: ['/v2/*'] })).toBe(false);
});
