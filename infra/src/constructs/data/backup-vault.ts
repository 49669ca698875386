import { Construct } from 'constructs';
import { BackupVault as AwsBackupVault, BackupVaultLockConfiguration } from '../../aws';

export interface BackupVaultProps {
  readonly name: string;
  readonly keyArn: string;
  readonly retention: {
    /** Nobody deletes a recovery point earlier. */
    readonly minimumDays: number;
    /** Nothing is kept longer, so that what a person had erased leaves the backups too. */
    readonly maximumDays: number;
  };
  /**
   * Absent: governance, in which whoever may change the vault's lock may lift it. Given: compliance;
   * that many days after the apply nobody can, AWS and the account's root user included.
   */
  readonly immutableAfterDays?: number | undefined;
  /** Lets a teardown delete the vault with its recovery points. */
  readonly emptyOnDestroy: boolean;
  readonly preventDestroy: boolean;
  readonly resourceTimeout: string;
}

/** Where recovery points lie: under a key of their own, locked. */
export class BackupVault extends Construct {
  readonly arn: string;
  readonly name: string;

  constructor(scope: Construct, id: string, props: BackupVaultProps) {
    super(scope, id);
    const vault = new AwsBackupVault(this, 'vault', {
      name: props.name,
      kmsKeyArn: props.keyArn,
      forceDestroy: props.emptyOnDestroy,
      lifecycle: { preventDestroy: props.preventDestroy },
      timeouts: { delete: props.resourceTimeout },
    });
    new BackupVaultLockConfiguration(this, 'lock', {
      backupVaultName: vault.name,
      minRetentionDays: props.retention.minimumDays,
      maxRetentionDays: props.retention.maximumDays,
      ...(props.immutableAfterDays === undefined
        ? {}
        : { changeableForDays: props.immutableAfterDays }),
    });
    this.arn = vault.arn;
    this.name = vault.name;
  }
}
