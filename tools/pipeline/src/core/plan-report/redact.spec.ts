import type { PlanJson } from '../terraform/plan-json';
import { redactPlan } from './redact';
import { sensitiveTexts } from './sensitive-texts';

const text = 'a-long"secret!';
const created = (type: string, after: object, marks: object = {}): PlanJson => ({
  resource_changes: [
    { address: `${type}.it`, type, change: { actions: ['create'], after, after_sensitive: marks } },
  ],
});

test('a sensitive text is hidden where it is not marked too: in outputs, inside texts and inside JSON', () => {
  const plan: PlanJson = {
    ...created(
      'aws_ecs_task_definition',
      { input: text, url: `db://${text}@host`, containers: JSON.stringify({ env: [text] }) },
      { input: true },
    ),
    output_changes: { k: { actions: ['create'], after: text } },
  };
  const redacted = JSON.stringify(redactPlan(plan));
  expect(redacted).not.toMatch(/a-long|secret!/);
  expect(redacted).toContain('db://(sensitive value 1)@host');
});

test('two secrets have different numbers, so that a changed one is seen to change', () => {
  const plan = created(
    'terraform_data',
    { a: 'first-secret', b: 'second-secret', copies: ['first-secret', 'second-secret'] },
    { a: true, b: true },
  );
  expect(redactPlan(plan).resource_changes?.[0]?.change.after).toMatchObject({
    copies: ['(sensitive value 1)', '(sensitive value 2)'],
  });
});

test('short texts, numbers, booleans and ARNs are hidden only at the place that is marked', () => {
  const arn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:key-AbCdEf';
  const marked = { flag: 'enabled', port: 54321, on: true, arn };
  const plan = created(
    'terraform_data',
    { marked, shown: { ...marked } },
    { marked: { flag: true, port: true, on: true, arn: true } },
  );
  expect(redactPlan(plan).resource_changes?.[0]?.change.after).toEqual({
    marked: Object.fromEntries(Object.keys(marked).map((key) => [key, '(sensitive value)'])),
    shown: marked,
  });
});

test('a name that one stack reads of another is hidden nowhere else, although CDKTF marks the output', () => {
  const name = 'cross-stack-output-aws_ecs_cluster_cluster_name';
  const outputs = {
    [name]: { actions: ['create'], after: 'clarity-dev', after_sensitive: true },
  } as const;
  const plan = {
    ...created('aws_ecs_cluster', { name: 'clarity-dev' }, {}),
    output_changes: outputs,
  };
  expect(sensitiveTexts([plan])).toEqual([]);
  const { resource_changes, output_changes } = redactPlan(plan);
  expect(resource_changes?.[0]?.change.after).toEqual({ name: 'clarity-dev' });
  expect(output_changes?.[name]?.after).toBe('(sensitive value)');
  const key = created('aws_iam_access_key', { secret: 'the-access-key' }, {});
  const secret = { [name]: { ...outputs[name], after: 'the-access-key' } };
  expect(sensitiveTexts([{ ...key, output_changes: secret }])).toEqual(['the-access-key']);
});

test('attributes that are known to be secrets are hidden, although the provider does not mark them', () => {
  const details = { client_id: 'visible-client', client_secret: 'google-secret' };
  const plan = created('aws_cognito_identity_provider', { provider_details: details });
  expect(sensitiveTexts([plan])).toEqual(['google-secret']);
  expect(redactPlan(plan).resource_changes?.[0]?.change.after).toEqual({
    provider_details: { client_id: 'visible-client', client_secret: '(sensitive value)' },
  });
});
