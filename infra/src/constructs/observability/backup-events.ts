import { Construct } from 'constructs';
import { withGuide } from './alarm';
import { addEventAlert } from './event-alert';

export interface BackupEventsProps {
  /** Prefix of the rule's name. */
  readonly name: string;
  /** The vault that backups go to: an account may have those of several environments. */
  readonly vaultName: string;
  readonly topicArn: string;
}

/** How a backup job ends without a complete recovery point. */
const failed = ['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL'];

/**
 * Notifies of backup jobs that failed: AWS Backup itself notifies nobody. No rule of a plan copies recovery
 * points, so there are no copy jobs.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
 */
export class BackupEvents extends Construct {
  constructor(scope: Construct, id: string, props: BackupEventsProps) {
    super(scope, id);
    addEventAlert(this, 'failed', {
      name: `${props.name}-backup-failed`,
      description: withGuide('A backup job failed.', 'backup-failed'),
      pattern: {
        source: ['aws.backup'],
        'detail-type': ['Backup Job State Change'],
        // Not by `resources`, which is empty if the job made no recovery point.
        detail: { backupVaultName: [props.vaultName], state: failed },
      },
      topicArn: props.topicArn,
      title: 'Backup failed',
      // Without `statusMessage`, which has quotes in AWS's own example.
      text: 'Job <job>, the backup of <resource>, is <state> at <time>.',
      values: {
        job: '$.detail.backupJobId',
        resource: '$.detail.resourceArn',
        state: '$.detail.state',
        time: '$.time',
      },
    });
  }
}
