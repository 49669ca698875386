import { Construct } from 'constructs';
import { BackupPlan, BackupSelection } from '../../aws';
import { backupGrants, type BackupScope } from '../../permissions/backup-grants';
import { ServiceRole } from '../identity/service-role';

export interface BackupRule {
  readonly name: string;
  /** In UTC, e.g. `cron(0 5 * * ? *)`. */
  readonly schedule: string;
  /** S3 to any second within `deleteAfterDays`; the table, which has its own PITR, as a snapshot. */
  readonly continuous: boolean;
  /** For the table only: AWS Backup ignores it for S3. */
  readonly coldAfterDays?: number | undefined;
  readonly deleteAfterDays: number;
}

export interface ScheduledBackupProps extends Omit<BackupScope, 'vault'> {
  readonly name: string;
  readonly vault: BackupScope['vault'] & { readonly name: string };
  readonly rules: readonly BackupRule[];
}

/**
 * Scheduled recovery points of one table and one bucket. Both are selected by ARN, which works regardless
 * of the account's opt-in settings for AWS Backup.
 */
export class ScheduledBackup extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledBackupProps) {
    super(scope, id);
    const role = new ServiceRole(this, 'role', {
      name: props.name,
      description: `Backs up the data of ${props.name}`,
      service: 'backup.amazonaws.com',
      onlyFor: { StringEquals: { 'aws:SourceAccount': props.account.id } },
      grants: backupGrants(props),
    });
    const plan = new BackupPlan(this, 'plan', {
      name: props.name,
      rule: props.rules.map((rule) => ({
        ruleName: rule.name,
        targetVaultName: props.vault.name,
        schedule: rule.schedule,
        // Minutes: a job that has not started an hour late expires, which notifies (BackupEvents).
        startWindow: 60,
        completionWindow: 720,
        enableContinuousBackup: rule.continuous,
        lifecycle: {
          ...(rule.coldAfterDays === undefined ? {} : { coldStorageAfter: rule.coldAfterDays }),
          deleteAfter: rule.deleteAfterDays,
        },
      })),
    });
    new BackupSelection(this, 'selection', {
      name: props.name,
      planId: plan.id,
      iamRoleArn: role.arn,
      resources: [props.tableArn, props.bucketArn],
      dependsOn: [role.policy],
    });
  }
}
