import { Construct } from 'constructs';
import { Cloudtrail } from '../../aws';
import { LogBucket, trailLogs } from '../data/log-bucket';

export interface AuditTrailProps {
  readonly name: string;
  readonly account: { readonly id: string; readonly region: string };
  readonly keyArn: string;
  readonly bucketName: string;
  readonly keepDays: number;
  /** Prefixes of the ARNs of S3 objects whose reads and writes are recorded. */
  readonly objects: readonly string[];
  /** Prefixes of the ARNs of tables whose reads and writes are recorded. */
  readonly tables: readonly string[];
  readonly emptyOnDestroy: boolean;
  readonly preventDestroy: boolean;
  readonly resourceTimeout: string;
}

/** The ARN by name: the key and the bucket refer to the trail before it exists. */
export const trailArn = (name: string, account: { readonly id: string; readonly region: string }) =>
  `arn:aws:cloudtrail:${account.region}:${account.id}:trail/${name}`;

/** CloudTrail: every change in the account, and each access to health data, with any credentials. */
export class AuditTrail extends Construct {
  constructor(scope: Construct, id: string, props: AuditTrailProps) {
    super(scope, id);
    const files = new LogBucket(this, 'trail-logs', {
      name: props.bucketName,
      writer: trailLogs(props.account, trailArn(props.name, props.account)),
      keepDays: props.keepDays,
      locked: true,
      emptyOnDestroy: props.emptyOnDestroy,
      preventDestroy: props.preventDestroy,
      resourceTimeout: props.resourceTimeout,
    });
    new Cloudtrail(this, 'trail', {
      name: props.name,
      s3BucketName: files.name,
      kmsKeyId: props.keyArn,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      // Signed digests show whether a file was changed or deleted.
      enableLogFileValidation: true,
      advancedEventSelector: [
        {
          name: 'Management',
          fieldSelector: [{ field: 'eventCategory', equalTo: ['Management'] }],
        },
        dataEvents('Objects', 'AWS::S3::Object', props.objects),
        dataEvents('Tables', 'AWS::DynamoDB::Table', props.tables),
      ],
      lifecycle: { preventDestroy: props.preventDestroy },
      dependsOn: [files.policy],
    });
  }
}

const dataEvents = (name: string, type: string, arns: readonly string[]) => ({
  name,
  fieldSelector: [
    { field: 'eventCategory', equalTo: ['Data'] },
    { field: 'resources.type', equalTo: [type] },
    { field: 'resources.ARN', startsWith: [...arns] },
  ],
});
