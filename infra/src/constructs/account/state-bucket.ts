import { Construct } from 'constructs';
import { EncryptionKey } from '../data/encryption-key';
import { PrivateBucket } from '../data/private-bucket';

export interface StateBucketProps {
  readonly name: string;
  /** Without the "alias/" before it. */
  readonly keyAlias: string;
  readonly account: { readonly id: string };
  /** How long an older version of the state can be restored. */
  readonly historyDays: number;
  readonly keyDeletionDays: number;
  readonly emptyOnDestroy: boolean;
  readonly preventDestroy: boolean;
  readonly resourceTimeout: string;
}

/**
 * The bucket for Terraform's state and locks. State describes all resources, so it has a key of its own
 * that only the plan, deploy and rollback roles may use. Under pipeline/ it has the program of each environment's
 * last release, which is all that the rollback role may read.
 */
export class StateBucket extends Construct {
  readonly arn: string;
  readonly keyArn: string;

  constructor(scope: Construct, id: string, props: StateBucketProps) {
    super(scope, id);
    const key = new EncryptionKey(this, 'key', {
      alias: props.keyAlias,
      description: 'Terraform state',
      account: props.account,
      deletionWindowDays: props.keyDeletionDays,
      preventDestroy: props.preventDestroy,
      onlyPeopleChangeIt: true,
    });
    const bucket = new PrivateBucket(this, 'bucket', {
      name: props.name,
      encryption: { keyArn: key.arn },
      statements: () => [],
      noncurrentVersionDays: props.historyDays,
      emptyOnDestroy: props.emptyOnDestroy,
      preventDestroy: props.preventDestroy,
      resourceTimeout: props.resourceTimeout,
    });
    this.arn = bucket.arn;
    this.keyArn = key.arn;
  }
}
