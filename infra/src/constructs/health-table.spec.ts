import { keyArn, only, synthesise } from '../../test/synthesise';
import { HealthTable } from './health-table';

describe('HealthTable', () => {
  const stack = synthesise((scope) => {
    new HealthTable(scope, 'table', {
      name: 'clarity-test-health',
      keyArn,
      recoveryDays: 35,
      deletionProtection: true,
      preventDestroy: true,
      resourceTimeout: '5m',
    });
  });

  it('keeps items by pk and sk, expires by expiresAt and answers by gsi1', () => {
    expect(only(stack, 'aws_dynamodb_table')).toMatchObject({
      billing_mode: 'PAY_PER_REQUEST',
      hash_key: 'pk',
      range_key: 'sk',
      ttl: { attribute_name: 'expiresAt', enabled: true },
      stream_enabled: true,
      global_secondary_index: [{ name: 'gsi1', hash_key: 'gsi1pk', range_key: 'gsi1sk' }],
    });
  });

  it('can be restored to any second, is encrypted with our key and hard to lose', () => {
    expect(only(stack, 'aws_dynamodb_table')).toMatchObject({
      point_in_time_recovery: { enabled: true, recovery_period_in_days: 35 },
      server_side_encryption: { enabled: true, kms_key_arn: keyArn },
      deletion_protection_enabled: true,
      lifecycle: { prevent_destroy: true },
    });
  });
});
