import { assumedOutputs } from './assumed-outputs';
import { terraformType } from './assumed-state';

test('values that the plan already has are used as they are', () => {
  const stack = { output: { table_name: { value: '${aws_dynamodb_table.table.name}' } } };
  const plan = { planned_values: { outputs: { table_name: { value: 'clarity-prod-health' } } } };
  expect(assumedOutputs(stack, plan)).toEqual({ table_name: 'clarity-prod-health' });
});

test('an ARN that is known only after the apply becomes a well-formed one that is marked as assumed', () => {
  const stack = {
    output: {
      key: { value: '${aws_kms_key.key_key.arn}' },
      targets: { value: '${aws_lb_target_group.balancer_targets.arn}' },
      subnet: { value: '${aws_subnet.network_private-a.id}' },
    },
  };
  expect(assumedOutputs(stack, {})).toEqual({
    key: 'arn:aws:kms:us-east-1:123456789012:assumed/key_key',
    targets: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:assumed/balancer_targets',
    subnet: 'assumed-network-private-a',
  });
});

test('maps keep their keys', () => {
  const value = { 'clarity-api': '${aws_ecr_repository.api.repository_url}' };
  expect(assumedOutputs({ output: { repositories: { value } } }, {})).toEqual({
    repositories: { 'clarity-api': 'assumed-api' },
  });
});

test('an expression without an assumed value is an error that shows it', () => {
  const output = { names: { value: '${join(",", var.names)}' } };
  expect(() => assumedOutputs({ output }, {})).toThrow(/assumed for the output names/);
});

test('derives Terraform’s types', () => {
  expect(terraformType({ a: 'x', b: [1, true] })).toEqual([
    'object',
    { a: 'string', b: ['tuple', ['number', 'bool']] },
  ]);
});
