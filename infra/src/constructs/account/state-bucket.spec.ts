import { only, synthesise } from '../../../test/synthesise';
import { StateBucket } from './state-bucket';

const stack = synthesise((scope) => {
  new StateBucket(scope, 'state', {
    name: 'clarity-tfstate-123456789012',
    keyAlias: 'clarity-tfstate',
    account: { id: '123456789012' },
    historyDays: 90,
    keyDeletionDays: 14,
    emptyOnDestroy: false,
    preventDestroy: true,
    resourceTimeout: '5m',
  });
});

describe('StateBucket', () => {
  it('keeps older versions as long as configured, and cannot be destroyed by an apply', () => {
    expect(only(stack, 'aws_s3_bucket_versioning')).toMatchObject({
      versioning_configuration: { status: 'Enabled' },
    });
    expect(JSON.stringify(only(stack, 'aws_s3_bucket_lifecycle_configuration'))).toContain(
      '"noncurrent_days":90',
    );
    for (const type of ['aws_s3_bucket', 'aws_kms_key'])
      expect(only(stack, type)).toMatchObject({ lifecycle: { prevent_destroy: true } });
  });

  it('uses the key alias that the backends name', () => {
    expect(only(stack, 'aws_kms_alias')).toMatchObject({ name: 'alias/clarity-tfstate' });
  });
});
