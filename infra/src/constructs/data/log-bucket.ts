import type { Construct } from 'constructs';
import type { Conditions, Statement } from '../../permissions/policy-document';
import { PrivateBucket } from './private-bucket';

/**
 * The only buckets whose default is not our key, by construct id, with the reason. The policy tests read them.
 */
export const s3KeyOnly = {
  'balancer-access-logs': 'Load balancers deliver to buckets with SSE-S3 only.',
  'trail-logs': 'CloudTrail encrypts each file with our key itself.',
  'bucket-access-logs': 'S3 delivers server access logs to buckets with SSE-S3 only.',
} as const satisfies Readonly<Record<string, string>>;

/** An AWS service that delivers logs, and on behalf of whom. */
export interface LogWriter {
  readonly service: string;
  readonly onlyFor: Conditions;
  /** Where in the bucket it writes; without a trailing slash. */
  readonly prefixes: readonly string[];
  /** What it does to the bucket itself before it delivers. */
  readonly checks?: readonly string[];
}

/** Load balancers of this account. */
export const balancerLogs = (
  account: { readonly id: string; readonly region: string },
  prefixes: readonly string[],
): LogWriter => ({
  service: 'logdelivery.elasticloadbalancing.amazonaws.com',
  onlyFor: {
    ArnLike: {
      'aws:SourceArn': `arn:aws:elasticloadbalancing:${account.region}:${account.id}:loadbalancer/*`,
    },
  },
  // The balancer appends this folder; the folders of other accounts are not writable.
  prefixes: prefixes.map((prefix) => `${prefix}/AWSLogs/${account.id}`),
});

/** The server access log of one bucket. */
export const bucketLogs = (
  account: { readonly id: string },
  bucketName: string,
  prefix: string,
): LogWriter => ({
  service: 'logging.s3.amazonaws.com',
  onlyFor: {
    StringEquals: { 'aws:SourceAccount': account.id },
    ArnLike: { 'aws:SourceArn': `arn:aws:s3:::${bucketName}` },
  },
  prefixes: [prefix],
});

/** One trail of CloudTrail, which refuses a bucket whose ACL it cannot read. */
export const trailLogs = (account: { readonly id: string }, trailArn: string): LogWriter => ({
  service: 'cloudtrail.amazonaws.com',
  onlyFor: { StringEquals: { 'aws:SourceArn': trailArn } },
  prefixes: [`AWSLogs/${account.id}`],
  checks: ['s3:GetBucketAcl'],
});

export interface LogBucketProps {
  readonly name: string;
  readonly writer: LogWriter;
  readonly keepDays: number;
  /** Whether no log can be deleted before it expires. */
  readonly locked?: boolean;
  readonly emptyOnDestroy: boolean;
  readonly preventDestroy: boolean;
  readonly resourceTimeout: string;
}

/** A bucket to which an AWS service delivers logs, which expire. */
export class LogBucket extends PrivateBucket {
  constructor(scope: Construct, id: keyof typeof s3KeyOnly, props: LogBucketProps) {
    const { writer, keepDays, locked = false, ...bucket } = props;
    super(scope, id, {
      ...bucket,
      encryption: 's3',
      statements: (bucketArn): readonly Statement[] => [
        {
          Sid: 'DeliverLogs',
          Effect: 'Allow',
          Principal: { Service: writer.service },
          Action: 's3:PutObject',
          Resource: writer.prefixes.map((prefix) => `${bucketArn}/${prefix}/*`),
          Condition: writer.onlyFor,
        },
        ...(writer.checks ?? []).map((action): Statement => ({
          Sid: 'CheckBucket',
          Effect: 'Allow',
          Principal: { Service: writer.service },
          Action: action,
          Resource: bucketArn,
          Condition: writer.onlyFor,
        })),
      ],
      expireAfterDays: keepDays,
      noncurrentVersionDays: 1,
      ...(locked ? { lockDays: keepDays } : {}),
    });
  }
}
