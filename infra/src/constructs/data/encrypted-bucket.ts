import type { Construct } from 'constructs';
import { S3BucketLogging } from '../../aws';
import { PrivateBucket, type PrivateBucketProps } from './private-bucket';

export interface EncryptedBucketProps extends Omit<
  PrivateBucketProps,
  'encryption' | 'statements'
> {
  readonly keyArn: string;
  /** Where S3 notes who asked for what; without a slash at the end of the prefix. */
  readonly accessLog?: { readonly bucket: PrivateBucket; readonly prefix: string };
}

/** A private bucket under our key, open to this account's IAM policies only. */
export class EncryptedBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, props: EncryptedBucketProps) {
    const { keyArn, accessLog, ...bucket } = props;
    super(scope, id, { ...bucket, encryption: { keyArn }, statements: () => [] });
    if (accessLog)
      new S3BucketLogging(this, 'access-log', {
        bucket: this.name,
        targetBucket: accessLog.bucket.name,
        targetPrefix: `${accessLog.prefix}/`,
        // By day: what a query over a week has to read.
        targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
        dependsOn: [accessLog.bucket.policy],
      });
  }
}
