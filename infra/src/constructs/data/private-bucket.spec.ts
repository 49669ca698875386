import { keyArn, only, parsed, synthesise } from '../../../test/synthesise';
import { PrivateBucket, type PrivateBucketProps } from './private-bucket';

const bucket = (settings: Partial<PrivateBucketProps> = {}) =>
  synthesise((scope) => {
    new PrivateBucket(scope, 'bucket', {
      name: 'clarity-test-bucket',
      encryption: { keyArn },
      statements: () => [],
      noncurrentVersionDays: 30,
      emptyOnDestroy: false,
      preventDestroy: true,
      resourceTimeout: '5m',
      ...settings,
    });
  });
const encryptionOf = (stack: ReturnType<typeof bucket>) =>
  only(stack, 'aws_s3_bucket_server_side_encryption_configuration')['rule'];
const statementsOf = (stack: ReturnType<typeof bucket>) =>
  parsed(only(stack, 'aws_s3_bucket_policy')['policy']).Statement;

describe('PrivateBucket', () => {
  it('encrypts with our key and a bucket key, which saves KMS requests', () => {
    expect(encryptionOf(bucket())).toMatchObject([
      {
        apply_server_side_encryption_by_default: {
          sse_algorithm: 'aws:kms',
          kms_master_key_id: keyArn,
        },
        bucket_key_enabled: true,
      },
    ]);
  });

  it('encrypts with S3’s own key if AWS cannot write otherwise', () => {
    expect(encryptionOf(bucket({ encryption: 's3' }))).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } },
    ]);
  });

  it('disables ACLs and keeps replaced versions', () => {
    const stack = bucket();
    expect(only(stack, 'aws_s3_bucket_ownership_controls')).toMatchObject({
      rule: { object_ownership: 'BucketOwnerEnforced' },
    });
    expect(only(stack, 'aws_s3_bucket_versioning')).toMatchObject({
      versioning_configuration: { status: 'Enabled' },
    });
  });

  it('allows TLS only, even with further statements', () => {
    const allow = (arn: string) => [
      {
        Sid: 'Deliver',
        Effect: 'Allow' as const,
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: `${arn}/*`,
      },
    ];
    expect(statementsOf(bucket({ statements: allow }))).toMatchObject([
      { Sid: 'Deliver', Resource: '${aws_s3_bucket.bucket_bucket.arn}/*' },
      { Sid: 'DenyInsecureTransport', Effect: 'Deny', Principal: '*', Action: 's3:*' },
    ]);
  });

  it('removes incomplete uploads, old versions and expired delete markers', () => {
    expect(only(bucket(), 'aws_s3_bucket_lifecycle_configuration')['rule']).toEqual([
      {
        id: 'clean-up',
        status: 'Enabled',
        filter: [{ prefix: '' }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 1 }],
        expiration: [{ expired_object_delete_marker: true }],
        noncurrent_version_expiration: [{ noncurrent_days: 30 }],
      },
    ]);
  });

  it('can expire all objects', () => {
    const stack = bucket({ expireAfterDays: 14 });
    const [, forget] = only(stack, 'aws_s3_bucket_lifecycle_configuration')['rule'] as object[];
    expect(forget).toMatchObject({
      id: 'everything',
      filter: [{ prefix: '' }],
      expiration: [{ days: 14 }],
    });
  });

  it('is protected from destruction or easy to tear down, as configured', () => {
    expect(only(bucket(), 'aws_s3_bucket')).toMatchObject({
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
    expect(
      only(bucket({ emptyOnDestroy: true, preventDestroy: false }), 'aws_s3_bucket'),
    ).toMatchObject({ force_destroy: true, lifecycle: { prevent_destroy: false } });
  });
});
