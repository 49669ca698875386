import { Construct } from 'constructs';
import { DynamodbContributorInsights, DynamodbResourcePolicy, DynamodbTable } from '../../aws';
import { denyInsecureTransport, policyDocument } from '../../permissions/policy-document';
import { timeouts } from '../timeouts';

export interface HealthTableProps {
  readonly name: string;
  readonly keyArn: string;
  readonly recoveryDays: number;
  /** Shows hot keys of the table and of its index. */
  readonly contributorInsights: boolean;
  readonly deletionProtection: boolean;
  readonly preventDestroy: boolean;
  readonly resourceTimeout: string;
}

const index = 'gsi1';

/** The single table: items by user under `pk`/`sk`, the operators' queries by status under `gsi1`. */
export class HealthTable extends Construct {
  readonly arn: string;
  readonly name: string;

  constructor(scope: Construct, id: string, props: HealthTableProps) {
    super(scope, id);
    const table = new DynamodbTable(this, 'table', {
      name: props.name,
      billingMode: 'PAY_PER_REQUEST',
      hashKey: 'pk',
      rangeKey: 'sk',
      attribute: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((name) => ({ name, type: 'S' })),
      globalSecondaryIndex: [
        { name: index, hashKey: 'gsi1pk', rangeKey: 'gsi1sk', projectionType: 'ALL' },
      ],
      ttl: { attributeName: 'expiresAt', enabled: true },
      streamEnabled: true,
      streamViewType: 'NEW_AND_OLD_IMAGES',
      pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: props.recoveryDays },
      serverSideEncryption: { enabled: true, kmsKeyArn: props.keyArn },
      deletionProtectionEnabled: props.deletionProtection,
      lifecycle: { preventDestroy: props.preventDestroy },
      timeouts: timeouts(props.resourceTimeout),
    });
    // DynamoDB also accepts plain HTTP.
    new DynamodbResourcePolicy(this, 'policy', {
      resourceArn: table.arn,
      policy: policyDocument([
        denyInsecureTransport('dynamodb:*', [table.arn, `${table.arn}/index/*`]),
      ]),
    });
    if (props.contributorInsights) this.watchKeys(table, props.resourceTimeout);
    this.arn = table.arn;
    this.name = table.name;
  }

  private watchKeys(table: DynamodbTable, resourceTimeout: string) {
    const timeouts = { create: resourceTimeout, delete: resourceTimeout };
    new DynamodbContributorInsights(this, 'hot-keys', { tableName: table.name, timeouts });
    new DynamodbContributorInsights(this, 'hot-index-keys', {
      tableName: table.name,
      indexName: index,
      timeouts,
    });
  }
}
