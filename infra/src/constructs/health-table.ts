import { Construct } from 'constructs';
import { DynamodbTable } from '../aws';

export interface HealthTableProps {
  readonly name: string;
  readonly keyArn: string;
  readonly recoveryDays: number;
  readonly deletionProtection: boolean;
  readonly preventDestroy: boolean;
  readonly resourceTimeout: string;
}

/** The one table: items by user under `pk`/`sk`, the operator's questions by status under `gsi1`. */
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
        { name: 'gsi1', hashKey: 'gsi1pk', rangeKey: 'gsi1sk', projectionType: 'ALL' },
      ],
      ttl: { attributeName: 'expiresAt', enabled: true },
      streamEnabled: true,
      streamViewType: 'NEW_AND_OLD_IMAGES',
      pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: props.recoveryDays },
      serverSideEncryption: { enabled: true, kmsKeyArn: props.keyArn },
      deletionProtectionEnabled: props.deletionProtection,
      lifecycle: { preventDestroy: props.preventDestroy },
      timeouts: {
        create: props.resourceTimeout,
        update: props.resourceTimeout,
        delete: props.resourceTimeout,
      },
    });
    this.arn = table.arn;
    this.name = table.name;
  }
}
