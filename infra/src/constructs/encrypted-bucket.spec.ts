import { keyArn, only, parsed, synthesise } from '../../test/synthesise';
import { EncryptedBucket } from './encrypted-bucket';

const stack = synthesise((scope) => {
  new EncryptedBucket(scope, 'bucket', {
    name: 'clarity-test-data',
    keyArn,
    ageing: [
      { prefix: 'raw/', moves: [{ afterDays: 30, to: 'STANDARD_IA' }] },
      { prefix: 'exports/', expireAfterDays: 7 },
    ],
    noncurrentVersionDays: 30,
    emptyOnDestroy: false,
    preventDestroy: true,
    resourceTimeout: '5m',
  });
});

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

  it('can be made public in no way, and takes TLS only', () => {
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

  it('ages each prefix as told and cleans up after broken uploads', () => {
    expect(only(stack, 'aws_s3_bucket_lifecycle_configuration')['rule']).toMatchObject([
      {
        abort_incomplete_multipart_upload: [{ days_after_initiation: 1 }],
        noncurrent_version_expiration: [{ noncurrent_days: 30 }],
      },
      { filter: [{ prefix: 'raw/' }], transition: [{ days: 30, storage_class: 'STANDARD_IA' }] },
      { filter: [{ prefix: 'exports/' }], expiration: [{ days: 7 }] },
    ]);
  });
});
