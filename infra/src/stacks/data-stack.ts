import type { Construct } from 'constructs';
import { TerraformOutput } from '../cdktf';
import { BackupVault } from '../constructs/data/backup-vault';
import { EncryptedBucket } from '../constructs/data/encrypted-bucket';
import { EncryptionKey, notificationService } from '../constructs/data/encryption-key';
import { EventTopic } from '../constructs/data/event-topic';
import { GeneratedSecret } from '../constructs/data/generated-secret';
import { HealthTable } from '../constructs/data/health-table';
import { bucketLogs, LogBucket } from '../constructs/data/log-bucket';
import { QueueWithDlq } from '../constructs/data/queue-with-dlq';
import { ReleasePointer } from '../constructs/data/release-pointer';
import { boundRoles } from '../constructs/identity/role-boundary';
import { ScheduledBackup } from '../constructs/data/scheduled-backup';
import { UserPool } from '../constructs/identity/user-pool';
import type { Environment } from '../environments/schema';
import { ClarityStack } from './clarity-stack';

/**
 * What outlives releases: table, bucket, events, users, secrets. It does not read from the foundation, so
 * that both can be applied in parallel.
 */
export class DataStack extends ClarityStack {
  readonly phase = 'before-rollout';
  readonly key: EncryptionKey;
  readonly table: HealthTable;
  readonly bucket: EncryptedBucket;
  readonly topic: EventTopic;
  readonly analysisJobs: QueueWithDlq;
  readonly users: UserPool;
  readonly cursorKey: GeneratedSecret;
  readonly backupVaultName: string;

  constructor(scope: Construct, environment: Environment) {
    const { account, data, protection, resourceTimeout } = environment;
    const name = `clarity-${environment.name}`;
    super(scope, `${name}-data`, { account, environment: environment.name, part: 'data' });
    boundRoles(this, account);
    this.backupVaultName = `${name}-backup`;
    const topicName = `${name}-health-events`;
    this.key = new EncryptionKey(this, 'key', {
      alias: `${name}-data`,
      description: `Health data of ${name}`,
      account,
      deletionWindowDays: protection.keyDeletionDays,
      preventDestroy: protection.preventDestroy,
      // By name: the topic needs the key first.
      users: [notificationService(`arn:aws:sns:${account.region}:${account.id}:${topicName}`)],
    });
    const keyArn = this.key.arn;
    this.table = new HealthTable(this, 'table', {
      name: `${name}-health`,
      keyArn,
      recoveryDays: data.pointInTimeRecoveryDays,
      contributorInsights: data.contributorInsights,
      deletionProtection: protection.deletion,
      preventDestroy: protection.preventDestroy,
      resourceTimeout,
    });
    this.bucket = this.addBucket(name, environment);
    this.topic = new EventTopic(this, 'events', { name: topicName, keyArn, account });
    this.analysisJobs = new QueueWithDlq(this, 'analysis-jobs', {
      name: `${name}-analysis-jobs`,
      account,
      keyArn,
      topicArn: this.topic.arn,
      ...data.queues,
      resourceTimeout,
    });
    const { arn, deadLetterArn } = this.analysisJobs;
    this.topic.subscribe({ name: 'analysis-jobs', arn, deadLetterArn }, ['analysis.requested']);

    this.users = new UserPool(this, 'users', {
      name: `${name}-users`,
      ...data.auth,
      groups: {
        operators: 'Staff who run the service',
        members: 'Users of the service',
      },
      deletionProtection: protection.deletion,
      preventDestroy: protection.preventDestroy,
    });
    this.cursorKey = new GeneratedSecret(this, 'cursor-key', {
      name: `${name}/cursor-key`,
      description: 'Signs the page cursors of the API',
      keyArn,
      length: 64,
      version: data.cursorKey.version,
      recoveryDays: protection.secretRecoveryDays,
      preventDestroy: protection.preventDestroy,
      rotation: data.cursorKeyRotation === 'none' ? undefined : data.cursorKeyRotation,
    });
    this.addBackups(name, environment);
    new ReleasePointer(this, 'release', {
      name: `/clarity/${environment.name}/release`,
      preventDestroy: protection.preventDestroy,
    });
    new TerraformOutput(this, 'data_bucket', { value: this.bucket.name });
  }

  private addBucket(name: string, { account, data, protection, resourceTimeout }: Environment) {
    const bucketName = `${name}-data-${account.id}`;
    const kept = {
      emptyOnDestroy: protection.emptyOnDestroy,
      preventDestroy: protection.preventDestroy,
      resourceTimeout,
    };
    const logs = { prefix: 'data' };
    const logBucket = new LogBucket(this, 'bucket-access-logs', {
      name: `${name}-data-logs-${account.id}`,
      writer: bucketLogs(account, bucketName, logs.prefix),
      keepDays: data.accessLogDays,
      ...kept,
    });
    return new EncryptedBucket(this, 'bucket', {
      name: bucketName,
      keyArn: this.key.arn,
      accessLog: { ...logs, bucket: logBucket },
      noncurrentVersionDays: data.noncurrentVersionDays,
      ...kept,
    });
  }

  /** With a key of their own, so that backups survive the loss of the data's key. */
  private addBackups(name: string, { account, data, protection, resourceTimeout }: Environment) {
    const { rules, minimumRetentionDays, immutableAfterDays } = data.backup;
    const key = new EncryptionKey(this, 'backup-key', {
      alias: `${name}-backup`,
      description: `Backups of ${name}`,
      account,
      deletionWindowDays: protection.keyDeletionDays,
      preventDestroy: protection.preventDestroy,
      onlyPeopleChangeIt: true,
    });
    const vault = new BackupVault(this, 'backup-vault', {
      name: this.backupVaultName,
      keyArn: key.arn,
      retention: {
        minimumDays: minimumRetentionDays,
        maximumDays: Math.max(...rules.map(({ deleteAfterDays }) => deleteAfterDays)),
      },
      immutableAfterDays,
      emptyOnDestroy: protection.emptyOnDestroy,
      preventDestroy: protection.preventDestroy,
      resourceTimeout,
    });
    new ScheduledBackup(this, 'backup', {
      name: `${name}-backup`,
      account,
      rules,
      tableArn: this.table.arn,
      bucketArn: this.bucket.arn,
      dataKeyArn: this.key.arn,
      vault: { arn: vault.arn, name: vault.name, keyArn: key.arn },
    });
  }
}
