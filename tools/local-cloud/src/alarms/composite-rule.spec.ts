import type { AlarmState } from './evaluate-alarm';
import { ruleHolds } from './composite-rule';

const states = new Map<string, AlarmState>([
  ['bad', 'ALARM'],
  ['good', 'OK'],
]);

it.each([
  ['ALARM("bad")', true],
  ['ALARM(bad)', true],
  ['ALARM("good") OR ALARM("bad")', true],
  ['ALARM("good") OR ALARM("bad") AND ALARM("good")', false],
  ['(ALARM("good") OR ALARM("bad")) AND NOT ALARM("good")', true],
  ['OK("arn:aws:cloudwatch:us-east-1:123456789012:alarm:good")', true],
  ['INSUFFICIENT_DATA("not there")', true],
  ['FALSE', false],
])('%s: %s', (rule, expected) => {
  expect(ruleHolds(rule, (name) => states.get(name))).toBe(expected);
});

it.each(['', 'ALARM', 'ALARM("bad") OR', 'PENDING("bad")', '(TRUE'])('refuses %p', (rule) => {
  expect(() => ruleHolds(rule, () => 'OK')).toThrow('Not a rule');
});
