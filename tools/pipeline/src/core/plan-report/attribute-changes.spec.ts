import { attributeChanges } from './attribute-changes';
import type { PlannedChange } from './plan-document';

const changesOf = (change: Omit<PlannedChange, 'actions'>) =>
  attributeChanges({ actions: ['update'], ...change })
    .filter(({ changed }) => changed)
    .map(({ path, before, after }) => [path, read(before), read(after)]);
const read = (shown: { is: string; value?: unknown }) =>
  shown.is === 'value' ? shown.value : `<${shown.is}>`;

test('a policy is compared statement by statement', () => {
  const policy = (action: string) => JSON.stringify({ Statement: [{ Action: action, Sid: 'A' }] });
  expect(
    changesOf({ before: { policy: policy('s3:Get*') }, after: { policy: policy('s3:*') } }),
  ).toEqual([['policy.Statement[0].Action', 's3:Get*', 's3:*']]);
});

test('the same policy in another layout is a change, as it is to Terraform', () => {
  expect(changesOf({ before: { policy: '{"a":1}' }, after: { policy: '{ "a": 1 }' } })).toEqual([
    ['policy', '{"a":1}', '{ "a": 1 }'],
  ]);
});

test('a value that is known after the apply is marked, at any depth', () => {
  expect(
    changesOf({
      before: { arn: 'old', rules: [{ port: 1, id: 'x' }] },
      after: { rules: [{ port: 2 }] },
      after_unknown: { arn: true, rules: [{ id: true }] },
    }),
  ).toEqual([
    ['arn', 'old', '<unknown>'],
    ['rules[0].port', 1, 2],
    ['rules[0].id', 'x', '<unknown>'],
  ]);
});

test('a secret stays hidden if an object replaces a text', () => {
  expect(
    changesOf({
      before: { auth: 'plain' },
      after: { auth: { user: 'a', password: 'hunter2' } },
      after_sensitive: { auth: { password: true } },
    }),
  ).toEqual([
    ['auth', 'plain', '<absent>'],
    ['auth.user', '<absent>', 'a'],
    ['auth.password', '<absent>', '<hidden>'],
  ]);
});

test('an emptied list and a removed attribute are changes', () => {
  expect(
    changesOf({ before: { list: ['a'], text: 'x' }, after: { list: [], text: null } }),
  ).toEqual([
    ['list[0]', 'a', '<absent>'],
    ['text', 'x', '<absent>'],
  ]);
});
