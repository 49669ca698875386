import type { Arguments } from '../synthesise';
import { block, companionOf, forEach, type Policy, resources } from './policy';

const requiredTags = ['Project', 'Environment', 'Service', 'ManagedBy'];

/** Types that an apply must never destroy in production. */
const stateful = [
  'aws_cognito_user_pool',
  'aws_dynamodb_table',
  'aws_ecr_repository',
  'aws_kms_key',
  'aws_s3_bucket',
  'aws_backup_vault',
  'aws_route53_zone',
  'aws_secretsmanager_secret',
  'aws_ssm_parameter',
];

/** How a job of AWS Backup ends without a complete recovery point. */
const failedBackups = ['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL'];

export const operations: readonly Policy[] = [
  forEach('failed backups notify', ['aws_backup_vault'], ({ args }, environment) => {
    const rule = resources(environment, 'aws_cloudwatch_event_rule').find(
      (each) =>
        each.args['state'] !== 'DISABLED' && matchesFailedBackups(each.args, String(args['name'])),
    );
    if (!rule) return 'no rule matches its failed jobs';
    const target = companionOf(environment, 'aws_cloudwatch_event_target', 'rule', rule);
    return String(target?.['arn']).includes('aws_sns_topic') ? undefined : 'no topic is notified';
  }),
  forEach('tables have point-in-time recovery', ['aws_dynamodb_table'], ({ args }) =>
    block(args, 'point_in_time_recovery')?.['enabled'] === true ? undefined : 'cannot be restored',
  ),
  forEach('logs expire', ['aws_cloudwatch_log_group'], ({ args }) =>
    Number(args['retention_in_days']) > 0 ? undefined : 'never expires',
  ),
  forEach('a failed release is rolled back automatically', ['aws_ecs_service'], ({ args }) => {
    const watching = block(args, 'alarms');
    const missing = [
      ...(block(args, 'deployment_circuit_breaker')?.['rollback'] === true ? [] : ['its breaker']),
      ...(watching?.['rollback'] === true && (watching['alarm_names'] as unknown[]).length > 0
        ? []
        : ['any alarm']),
    ];
    return missing.length > 0 ? `is not rolled back by ${missing.join(' or ')}` : undefined;
  }),
  {
    name: 'all resources have the required tags',
    check: ({ stacks }) =>
      Object.entries(stacks).flatMap(([stack, { provider }]) => {
        const [aws] = (provider as { aws: { default_tags?: { tags: object }[] }[] }).aws;
        const tags = Object.keys(aws?.default_tags?.[0]?.tags ?? {});
        const missing = requiredTags.filter((tag) => !tags.includes(tag));
        return missing.map((tag) => ({ stack, address: 'provider.aws', what: `no tag ${tag}` }));
      }),
  },
];

function matchesFailedBackups({ event_pattern: pattern }: Arguments, vault: string): boolean {
  const { source, detail, ...rest } = JSON.parse(String(pattern)) as {
    readonly source?: readonly string[];
    readonly 'detail-type'?: readonly string[];
    readonly detail?: {
      readonly backupVaultName?: readonly string[];
      readonly state?: readonly string[];
    };
  };
  return (
    source?.includes('aws.backup') === true &&
    rest['detail-type']?.includes('Backup Job State Change') === true &&
    detail?.backupVaultName?.includes(vault) === true &&
    failedBackups.every((state) => detail.state?.includes(state))
  );
}

/** What AWS itself must refuse to delete in production → the argument, and its protecting value. */
const deletable: Readonly<Record<string, readonly [string, unknown]>> = {
  aws_lb: ['enable_deletion_protection', true],
  aws_dynamodb_table: ['deletion_protection_enabled', true],
  aws_cognito_user_pool: ['deletion_protection', 'ACTIVE'],
};

const deletionProtection: Policy = forEach(
  'AWS refuses to delete what users need',
  Object.keys(deletable),
  ({ type, args }) => {
    const [argument, value] = deletable[type] ?? [];
    return args[argument ?? ''] === value ? undefined : 'can be deleted';
  },
);

const protectedState: Policy = forEach(
  'what cannot be recreated cannot be destroyed by an apply',
  stateful,
  ({ args }) =>
    block(args, 'lifecycle')?.['prevent_destroy'] === true ? undefined : 'may be destroyed',
);

/** For environments whose data, names and current release cannot be recreated. */
export const ofProduction: readonly Policy[] = [protectedState, deletionProtection];
