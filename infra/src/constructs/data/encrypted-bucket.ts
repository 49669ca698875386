import type { Construct } from 'constructs';
import { S3BucketLogging } from '../../aws';
import { PrivateBucket, type PrivateBucketProps } from './private-bucket';

export interface EncryptedBucketProps extends Omit<
  PrivateBucketProps,
  'encryption' | 'statements'
> {
  readonly keyArn: string;
  /** Where S3 writes the access log; the prefix has no trailing slash. */
  readonly accessLog?: { readonly bucket: PrivateBucket; readonly prefix: string };
}

/** A private bucket encrypted with our key, open only to this account's IAM policies. */
export class EncryptedBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, props: EncryptedBucketProps) {
    const { keyArn, accessLog, ...bucket } = props;
    super(scope, id, { ...bucket, encryption: { keyArn }, statements: () => [] });
    if (accessLog)
      new S3BucketLogging(this, 'access-log', {
        bucket: this.name,
        targetBucket: accessLog.bucket.name,
        targetPrefix: `${accessLog.prefix}/`,
        // Partitioned by day, so that a query over a week reads only that week.
        targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
        dependsOn: [accessLog.bucket.policy],
      });
  }
}
