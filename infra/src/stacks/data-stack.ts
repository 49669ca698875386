import type { Construct } from 'constructs';
import { TerraformOutput } from '../cdktf';
import { EncryptedBucket } from '../constructs/encrypted-bucket';
import { EncryptionKey, notificationService } from '../constructs/encryption-key';
import { EventTopic } from '../constructs/event-topic';
import { GeneratedSecret } from '../constructs/generated-secret';
import { HealthTable } from '../constructs/health-table';
import { QueueWithDlq } from '../constructs/queue-with-dlq';
import { ReleasePointer } from '../constructs/release-pointer';
import { UserPool } from '../constructs/user-pool';
import type { Environment } from '../environments/schema';
import { ClarityStack } from './clarity-stack';

/**
 * What outlives every release: table, bucket, events, accounts, secrets. It reads nothing from the
 * foundation, so that the two are applied side by side.
 */
export class DataStack extends ClarityStack {
  readonly key: EncryptionKey;
  readonly table: HealthTable;
  readonly bucket: EncryptedBucket;
  readonly topic: EventTopic;
  readonly analysisJobs: QueueWithDlq;
  readonly users: UserPool;
  readonly cursorKey: GeneratedSecret;

  constructor(scope: Construct, environment: Environment) {
    const { account, data, protection, resourceTimeout } = environment;
    const name = `clarity-${environment.name}`;
    super(scope, `${name}-data`, { account, environment: environment.name, part: 'data' });
    this.key = new EncryptionKey(this, 'key', {
      alias: `${name}-data`,
      description: `Health data of ${name}`,
      account,
      deletionWindowDays: protection.keyDeletionDays,
      preventDestroy: protection.preventDestroy,
      users: [notificationService(account)],
    });
    const keyArn = this.key.arn;
    this.table = new HealthTable(this, 'table', {
      name: `${name}-health`,
      keyArn,
      recoveryDays: data.pointInTimeRecoveryDays,
      deletionProtection: protection.deletion,
      preventDestroy: protection.preventDestroy,
      resourceTimeout,
    });
    this.bucket = new EncryptedBucket(this, 'bucket', {
      name: `${name}-data-${account.id}`,
      keyArn,
      ageing: [
        {
          prefix: 'raw/',
          moves: [
            { afterDays: 30, to: 'STANDARD_IA' },
            { afterDays: 90, to: 'GLACIER_IR' },
          ],
        },
        { prefix: 'exports/', expireAfterDays: 7 },
      ],
      noncurrentVersionDays: data.noncurrentVersionDays,
      emptyOnDestroy: protection.emptyOnDestroy,
      preventDestroy: protection.preventDestroy,
      resourceTimeout,
    });
    this.topic = new EventTopic(this, 'events', { name: `${name}-health-events`, keyArn, account });
    const queue = (id: string) =>
      new QueueWithDlq(this, id, {
        name: `${name}-${id}`,
        account,
        keyArn,
        topicArn: this.topic.arn,
        ...data.queues,
        resourceTimeout,
      });
    this.analysisJobs = queue('analysis-jobs');
    queue('ingest-jobs');
    this.topic.deliver({ as: 'analysis-jobs', arn: this.analysisJobs.arn }, ['analysis.requested']);

    this.users = new UserPool(this, 'users', {
      name: `${name}-users`,
      ...data.auth,
      groups: {
        operators: 'Staff who run the service',
        members: 'People whose data it is',
      },
      deletionProtection: protection.deletion,
      preventDestroy: protection.preventDestroy,
    });
    this.cursorKey = new GeneratedSecret(this, 'cursor-key', {
      name: `${name}/cursor-key`,
      description: 'Signs the page cursors of the API',
      keyArn,
      length: 64,
      version: 1,
      recoveryDays: protection.secretRecoveryDays,
    });
    new ReleasePointer(this, 'release', { name: `/clarity/${environment.name}/release` });
    this.outputs();
  }

  private outputs() {
    const outputs = {
      table_name: this.table.name,
      data_bucket: this.bucket.name,
      events_topic_arn: this.topic.arn,
      jobs_queue_url: this.analysisJobs.url,
      user_pool_id: this.users.id,
      user_pool_client_id: this.users.clientId,
    };
    for (const [id, value] of Object.entries(outputs)) new TerraformOutput(this, id, { value });
  }
}
