import { account, only, parsed, synthesise } from '../../../test/synthesise';
import { balancerLogs, bucketLogs, LogBucket, type LogWriter } from './log-bucket';

const bucketFor = (writer: LogWriter) =>
  synthesise((scope) => {
    new LogBucket(scope, 'balancer-access-logs', {
      name: 'clarity-test-logs',
      writer,
      keepDays: 30,
      emptyOnDestroy: false,
      preventDestroy: true,
      resourceTimeout: '5m',
    });
  });
const statements = (writer: LogWriter) =>
  parsed(only(bucketFor(writer), 'aws_s3_bucket_policy')['policy']).Statement;
const bucket = '${aws_s3_bucket.balancer-access-logs_bucket.arn}';

describe('LogBucket', () => {
  it('uses S3’s own key, since AWS delivers to no other', () => {
    expect(
      only(
        bucketFor(balancerLogs(account, ['requests'])),
        'aws_s3_bucket_server_side_encryption_configuration',
      ),
    ).toMatchObject({
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }],
    });
  });

  it('allows load balancers of this account to write their logs, over TLS only', () => {
    expect(statements(balancerLogs(account, ['requests', 'connections']))).toMatchObject([
      {
        Effect: 'Allow',
        Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: [
          `${bucket}/requests/AWSLogs/${account.id}/*`,
          `${bucket}/connections/AWSLogs/${account.id}/*`,
        ],
        Condition: {
          ArnLike: { 'aws:SourceArn': expect.stringContaining(`${account.id}:loadbalancer/*`) },
        },
      },
      { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });

  it('allows S3 to write the access log of one bucket', () => {
    expect(statements(bucketLogs(account, 'clarity-test-data', 'data'))[0]).toMatchObject({
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Resource: [`${bucket}/data/*`],
      Condition: {
        StringEquals: { 'aws:SourceAccount': account.id },
        ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::clarity-test-data' },
      },
    });
  });

  it('expires its logs', () => {
    const lifecycle = only(
      bucketFor(balancerLogs(account, ['requests'])),
      'aws_s3_bucket_lifecycle_configuration',
    );
    expect(lifecycle['rule']).toMatchObject([
      { id: 'clean-up', noncurrent_version_expiration: [{ noncurrent_days: 1 }] },
      { id: 'everything', expiration: [{ days: 30 }] },
    ]);
  });
});
