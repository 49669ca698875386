import { account, all, keyArn, parsed, synthesise } from '../../../test/synthesise';
import { EncryptedBucket } from './encrypted-bucket';
import { bucketLogs, LogBucket } from './log-bucket';

const stack = synthesise((scope) => {
  const kept = { emptyOnDestroy: false, preventDestroy: true, resourceTimeout: '5m' };
  const logs = new LogBucket(scope, 'bucket-access-logs', {
    name: 'clarity-test-logs',
    writer: bucketLogs(account, 'clarity-test-data', 'data'),
    keepDays: 14,
    ...kept,
  });
  new EncryptedBucket(scope, 'bucket', {
    name: 'clarity-test-data',
    keyArn,
    noncurrentVersionDays: 30,
    accessLog: { bucket: logs, prefix: 'data' },
    ...kept,
  });
});

/** Resources of the bucket itself, not of its log bucket. */
function only(from: typeof stack, type: string) {
  const found = Object.entries(all(from, type)).find(([address]) => address.startsWith('bucket_'));
  if (!found) throw new Error(`No ${type} of the bucket.`);
  return found[1];
}

describe('EncryptedBucket', () => {
  it('encrypts with our key and keeps versions', () => {
    expect(only(stack, 'aws_s3_bucket_server_side_encryption_configuration')).toMatchObject({
      rule: [
        {
          apply_server_side_encryption_by_default: {
            sse_algorithm: 'aws:kms',
            kms_master_key_id: keyArn,
          },
        },
      ],
    });
    expect(only(stack, 'aws_s3_bucket_versioning')).toMatchObject({
      versioning_configuration: { status: 'Enabled' },
    });
  });

  it('cannot be made public, and allows TLS only', () => {
    expect(only(stack, 'aws_s3_bucket_public_access_block')).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(parsed(only(stack, 'aws_s3_bucket_policy')['policy']).Statement).toMatchObject([
      { Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });

  it('writes its access log by day to the log bucket', () => {
    expect(only(stack, 'aws_s3_bucket_logging')).toMatchObject({
      target_bucket: '${aws_s3_bucket.bucket-access-logs_bucket.bucket}',
      target_prefix: 'data/',
      target_object_key_format: { partitioned_prefix: { partition_date_source: 'EventTime' } },
      depends_on: ['aws_s3_bucket_policy.bucket-access-logs_policy'],
    });
  });
});
