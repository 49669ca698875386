import { holds } from './holds';
import { parsePolicy } from './parse-policy';

type Json = Record<string, Record<string, string | boolean | number | string[]>>;
type Context = Record<string, string | string[]>;

/** Whether a condition, as it is in a policy document, holds. */
function check(condition: Json, context: Context): boolean {
  const { statements } = parsePolicy(
    'p',
    JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Condition: condition } }),
  );
  const sent = new Map(
    Object.entries(context).map(([key, value]) => [key.toLowerCase(), [value].flat()]),
  );
  return (statements[0]?.conditions ?? []).every((each) => holds(each, sent));
}

it.each<[string, Json, Context, boolean]>([
  ['equal texts', { StringEquals: { 'aws:a': ['x', 'y'] } }, { 'aws:a': 'y' }, true],
  ['texts that differ in case', { StringEquals: { 'aws:a': 'X' } }, { 'aws:a': 'x' }, false],
  ['keys in any case', { StringEquals: { 'AWS:A': 'x' } }, { 'aws:a': 'x' }, true],
  ['a star that is literal', { StringEquals: { 'aws:a': 'x*' } }, { 'aws:a': 'xy' }, false],
  ['ignored case', { StringEqualsIgnoreCase: { 'aws:a': 'X' } }, { 'aws:a': 'x' }, true],
  ['a pattern', { StringLike: { 'aws:a': 'x?z*' } }, { 'aws:a': 'xyz:1' }, true],
  ['other texts', { StringNotEquals: { 'aws:a': ['x', 'y'] } }, { 'aws:a': 'y' }, false],
  ['no pattern', { StringNotLike: { 'aws:a': 'x*' } }, { 'aws:a': 'yx' }, true],
  [
    'a boolean',
    { Bool: { 'aws:SecureTransport': false } },
    { 'aws:SecureTransport': 'false' },
    true,
  ],
  ['a number', { NumericLessThanEquals: { 'aws:n': 10 } }, { 'aws:n': '9' }, true],
  [
    'a date',
    { DateGreaterThan: { 'aws:d': '2026-01-01T00:00:00Z' } },
    { 'aws:d': '1800000000' },
    true,
  ],
  [
    'an address',
    { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
    { 'aws:SourceIp': '10.9.8.7' },
    true,
  ],
  [
    'an IPv6 address',
    { NotIpAddress: { 'aws:SourceIp': '2001:db8::/32' } },
    { 'aws:SourceIp': '2001:db8::1' },
    false,
  ],
  [
    'parts of an ARN',
    { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:1:topic' } },
    { 'aws:SourceArn': 'arn:aws:sns:a:b:1:topic' },
    false,
  ],
  ['a missing key', { StringEquals: { 'aws:a': 'x' } }, {}, false],
  ['a missing key, negated', { StringNotEquals: { 'aws:a': 'x' } }, {}, true],
  ['a missing key, IfExists', { BoolIfExists: { 'aws:a': 'true' } }, {}, true],
  ['a missing key, all of its values', { 'ForAllValues:StringEquals': { 'aws:a': 'x' } }, {}, true],
  ['a missing key, any of its values', { 'ForAnyValue:StringLike': { 'aws:a': '*' } }, {}, false],
  ['a missing key, any value but', { 'ForAnyValue:StringNotEquals': { 'aws:a': 'x' } }, {}, false],
  ['a missing key, asked for', { Null: { 'aws:a': 'true' } }, {}, true],
  ['a key that is there', { Null: { 'aws:a': 'false' } }, { 'aws:a': 'x' }, true],
  [
    'all values',
    { 'ForAllValues:StringEquals': { 'aws:a': ['x', 'y'] } },
    { 'aws:a': ['x', 'z'] },
    false,
  ],
  [
    'any value',
    { 'ForAnyValue:StringEquals': { 'aws:a': ['x', 'y'] } },
    { 'aws:a': ['x', 'z'] },
    true,
  ],
  [
    'no value',
    { 'ForAllValues:StringNotEquals': { 'aws:a': 'x' } },
    { 'aws:a': ['x', 'z'] },
    false,
  ],
  [
    'any other value',
    { 'ForAnyValue:StringNotEquals': { 'aws:a': 'x' } },
    { 'aws:a': ['x', 'z'] },
    true,
  ],
  [
    'every key',
    { StringEquals: { 'aws:a': 'x', 'aws:b': 'x' } },
    { 'aws:a': 'x', 'aws:b': 'y' },
    false,
  ],
  [
    'every operator',
    { StringEquals: { 'aws:a': 'x' }, Bool: { 'aws:b': 'true' } },
    { 'aws:a': 'x' },
    false,
  ],
  [
    'a policy variable',
    { StringLike: { 'aws:a': '${aws:username}/*' } },
    { 'aws:a': 'ann/1', 'aws:username': 'ann' },
    true,
  ],
  [
    'a value with a star of its own',
    { StringLike: { 'aws:a': '${aws:username}' } },
    { 'aws:a': 'ann', 'aws:username': '*' },
    false,
  ],
  [
    'a variable without a value',
    { StringLike: { 'aws:a': '${aws:username}*' } },
    { 'aws:a': 'ann' },
    false,
  ],
  [
    'a default of a variable',
    { StringEquals: { 'aws:a': "${aws:username, 'ann'}" } },
    { 'aws:a': 'ann' },
    true,
  ],
  ['an escaped star', { StringLike: { 'aws:a': '${*}' } }, { 'aws:a': 'x' }, false],
])('compares %s', (_, condition, context, expected) => {
  expect(check(condition, context)).toBe(expected);
});

it('rejects an operator that IAM does not have', () => {
  expect(() => check({ StringMatches: { 'aws:a': 'x' } }, {})).toThrow(
    'IAM has no condition operator StringMatches',
  );
});
