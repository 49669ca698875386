import { Construct } from 'constructs';
import {
  S3Bucket,
  S3BucketLifecycleConfiguration,
  S3BucketObjectLockConfiguration,
  S3BucketOwnershipControls,
  S3BucketPolicy,
  S3BucketPublicAccessBlock,
  S3BucketServerSideEncryptionConfiguration,
  S3BucketVersioning,
} from '../../aws';
import {
  denyInsecureTransport,
  policyDocument,
  type Statement,
} from '../../permissions/policy-document';

export interface PrivateBucketProps {
  readonly name: string;
  /** Our own key, or `s3` if AWS can write to the bucket only with S3's key. */
  readonly encryption: { readonly keyArn: string } | 's3';
  /** Statements of the bucket policy, in addition to this account's IAM policies. */
  readonly statements: (bucketArn: string) => readonly Statement[];
  /** Days from the creation of an object to its end; if absent, objects stay. */
  readonly expireAfterDays?: number;
  /** How long a replaced or deleted version can be restored. */
  readonly noncurrentVersionDays: number;
  /** If given, nobody deletes a version sooner, unless they may bypass that (governance mode). */
  readonly lockDays?: number;
  readonly emptyOnDestroy: boolean;
  readonly preventDestroy: boolean;
  readonly resourceTimeout: string;
}

/** A private bucket: versioned, TLS only, no public access, no ACLs, incomplete uploads are removed. */
export class PrivateBucket extends Construct {
  readonly arn: string;
  readonly name: string;
  /** Writers that rely on the bucket's policy have to depend on it. */
  readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const bucket = new S3Bucket(this, 'bucket', {
      bucket: props.name,
      forceDestroy: props.emptyOnDestroy,
      lifecycle: { preventDestroy: props.preventDestroy },
    });
    const versioning = new S3BucketVersioning(this, 'versioning', {
      bucket: bucket.id,
      versioningConfiguration: { status: 'Enabled' },
    });
    if (props.lockDays)
      new S3BucketObjectLockConfiguration(this, 'lock', {
        bucket: bucket.id,
        rule: { defaultRetention: { mode: 'GOVERNANCE', days: props.lockDays } },
        dependsOn: [versioning],
      });
    new S3BucketServerSideEncryptionConfiguration(this, 'encryption', {
      bucket: bucket.id,
      rule: [
        props.encryption === 's3'
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }
          : {
              applyServerSideEncryptionByDefault: {
                sseAlgorithm: 'aws:kms',
                kmsMasterKeyId: props.encryption.keyArn,
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
    this.policy = new S3BucketPolicy(this, 'policy', {
      bucket: bucket.id,
      policy: policyDocument([
        ...props.statements(bucket.arn),
        denyInsecureTransport('s3:*', [bucket.arn, `${bucket.arn}/*`]),
      ]),
    });
    this.addLifecycle(bucket, props);
    this.arn = bucket.arn;
    this.name = bucket.bucket;
  }

  private addLifecycle(bucket: S3Bucket, props: PrivateBucketProps) {
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket: bucket.id,
      rule: [
        {
          id: 'clean-up',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
          // Delete markers whose versions are all gone.
          expiration: [{ expiredObjectDeleteMarker: true }],
          noncurrentVersionExpiration: [{ noncurrentDays: props.noncurrentVersionDays }],
        },
        ...(props.expireAfterDays
          ? [
              {
                id: 'everything',
                status: 'Enabled',
                filter: [{ prefix: '' }],
                expiration: [{ days: props.expireAfterDays }],
              },
            ]
          : []),
      ],
      timeouts: { create: props.resourceTimeout, update: props.resourceTimeout },
    });
  }
}
