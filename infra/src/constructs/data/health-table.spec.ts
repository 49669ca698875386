import { all, keyArn, only, parsed, synthesise } from '../../../test/synthesise';
import { HealthTable } from './health-table';

describe('HealthTable', () => {
  const table = (contributorInsights: boolean) =>
    synthesise((scope) => {
      new HealthTable(scope, 'table', {
        name: 'clarity-test-health',
        keyArn,
        recoveryDays: 35,
        contributorInsights,
        deletionProtection: true,
        preventDestroy: true,
        resourceTimeout: '5m',
      });
    });
  const stack = table(true);

  it('has the keys pk and sk, the index gsi1 and expiry by expiresAt', () => {
    expect(only(stack, 'aws_dynamodb_table')).toMatchObject({
      billing_mode: 'PAY_PER_REQUEST',
      hash_key: 'pk',
      range_key: 'sk',
      ttl: { attribute_name: 'expiresAt', enabled: true },
      stream_enabled: true,
      global_secondary_index: [{ name: 'gsi1', hash_key: 'gsi1pk', range_key: 'gsi1sk' }],
    });
  });

  it('has point-in-time recovery, our key and deletion protection', () => {
    expect(only(stack, 'aws_dynamodb_table')).toMatchObject({
      point_in_time_recovery: { enabled: true, recovery_period_in_days: 35 },
      server_side_encryption: { enabled: true, kms_key_arn: keyArn },
      deletion_protection_enabled: true,
      lifecycle: { prevent_destroy: true },
    });
  });

  it('denies plain HTTP for the table and its index', () => {
    const arn = '${aws_dynamodb_table.table_table.arn}';
    expect(parsed(only(stack, 'aws_dynamodb_resource_policy')['policy']).Statement).toMatchObject([
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'dynamodb:*',
        Resource: [arn, `${arn}/index/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });

  it('shows hot keys of the table and of the index if configured', () => {
    const insights = Object.values(all(stack, 'aws_dynamodb_contributor_insights'));
    expect(insights.map(({ index_name }) => index_name ?? 'table').sort()).toEqual([
      'gsi1',
      'table',
    ]);
    expect(all(table(false), 'aws_dynamodb_contributor_insights')).toEqual({});
  });
});
