import { Construct } from 'constructs';
import {
  S3Bucket,
  S3BucketLifecycleConfiguration,
  S3BucketOwnershipControls,
  S3BucketPolicy,
  S3BucketPublicAccessBlock,
  S3BucketServerSideEncryptionConfiguration,
  S3BucketVersioning,
} from '../aws';
import { denyInsecureTransport, policyDocument } from './policy-document';

/** What happens to the objects under one prefix as they age; days from their creation. */
export interface Ageing {
  readonly prefix: string;
  readonly moves?: readonly { readonly afterDays: number; readonly to: string }[];
  readonly expireAfterDays?: number;
}

export interface EncryptedBucketProps {
  readonly name: string;
  readonly keyArn: string;
  readonly ageing: readonly Ageing[];
  /** How long a replaced or deleted version can be brought back. */
  readonly noncurrentVersionDays: number;
  readonly emptyOnDestroy: boolean;
  readonly preventDestroy: boolean;
  readonly resourceTimeout: string;
}

/** A private bucket: our key, versions, TLS only, no ACLs, nothing left behind by broken uploads. */
export class EncryptedBucket extends Construct {
  readonly arn: string;
  readonly name: string;

  constructor(scope: Construct, id: string, props: EncryptedBucketProps) {
    super(scope, id);
    const bucket = new S3Bucket(this, 'bucket', {
      bucket: props.name,
      forceDestroy: props.emptyOnDestroy,
      lifecycle: { preventDestroy: props.preventDestroy },
    });
    new S3BucketVersioning(this, 'versioning', {
      bucket: bucket.id,
      versioningConfiguration: { status: 'Enabled' },
    });
    new S3BucketServerSideEncryptionConfiguration(this, 'encryption', {
      bucket: bucket.id,
      rule: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: 'aws:kms',
            kmsMasterKeyId: props.keyArn,
          },
          bucketKeyEnabled: true,
        },
      ],
    });
    new S3BucketPublicAccessBlock(this, 'no-public-access', {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, 'no-acls', {
      bucket: bucket.id,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
    new S3BucketPolicy(this, 'policy', {
      bucket: bucket.id,
      policy: policyDocument([denyInsecureTransport('s3:*', [bucket.arn, `${bucket.arn}/*`])]),
    });
    this.age(bucket, props);
    this.arn = bucket.arn;
    this.name = bucket.bucket;
  }

  private age(bucket: S3Bucket, props: EncryptedBucketProps) {
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket: bucket.id,
      rule: [
        {
          id: 'clean-up',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
          noncurrentVersionExpiration: [{ noncurrentDays: props.noncurrentVersionDays }],
        },
        ...props.ageing.map(({ prefix, moves, expireAfterDays }) => ({
          id: prefix.replaceAll('/', ''),
          status: 'Enabled',
          filter: [{ prefix }],
          ...(moves
            ? {
                transition: moves.map(({ afterDays, to }) => ({
                  days: afterDays,
                  storageClass: to,
                })),
              }
            : {}),
          ...(expireAfterDays ? { expiration: [{ days: expireAfterDays }] } : {}),
        })),
      ],
      timeouts: { create: props.resourceTimeout, update: props.resourceTimeout },
    });
  }
}
