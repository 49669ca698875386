import { Construct } from 'constructs';
import { BackupVault as AwsBackupVault, BackupVaultLockConfiguration } from '../../aws';

export interface BackupVaultProps {
  readonly name: string;
  readonly keyArn: string;
  readonly retention: {
    /** No recovery point can be deleted earlier. */
    readonly minimumDays: number;
    /** No recovery point is kept longer, so that erased personal data leaves the backups, too. */
    readonly maximumDays: number;
  };
  /**
   * Absent: governance mode, in which those permitted to change the vault's lock can remove it. Set:
   * compliance mode; that many days after the apply, not even AWS or the root user can remove it.
   */
  readonly immutableAfterDays?: number | undefined;
  /** Lets a teardown delete the vault with its recovery points. */
  readonly emptyOnDestroy: boolean;
  readonly preventDestroy: boolean;
  readonly resourceTimeout: string;
}

/** A locked vault for recovery points, with a key of its own. */
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
