import { account, keyArn, only, parsed, synthesise } from '../../../test/synthesise';
import { FlowLogs } from './flow-logs';

const stack = synthesise((scope) => {
  new FlowLogs(scope, 'flow-logs', {
    name: 'clarity-test',
    account,
    vpcId: 'vpc-1',
    logGroup: '/clarity/test/network',
    retentionDays: 30,
    keyArn,
    aggregationSeconds: 60,
  });
});

describe('FlowLogs', () => {
  it('record accepted and rejected traffic, encrypted with our key, with an expiry', () => {
    expect(only(stack, 'aws_flow_log')).toMatchObject({
      vpc_id: 'vpc-1',
      traffic_type: 'ALL',
      log_destination: '${aws_cloudwatch_log_group.flow-logs_log_group.arn}',
      max_aggregation_interval: 60,
    });
    expect(only(stack, 'aws_cloudwatch_log_group')).toMatchObject({
      name: '/clarity/test/network',
      kms_key_id: keyArn,
      retention_in_days: 30,
    });
  });

  it('are written by a role for flow logs of this account, to that log group only', () => {
    expect(parsed(only(stack, 'aws_iam_role')['assume_role_policy']).Statement).toMatchObject([
      {
        Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': account.id } },
      },
    ]);
    const [write] = parsed(only(stack, 'aws_iam_role_policy')['policy']).Statement;
    expect(write).toMatchObject({
      Resource: ['${aws_cloudwatch_log_group.flow-logs_log_group.arn}:*'],
    });
  });
});
