import { block, forEach, type Policy } from './policy';

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

export const operations: readonly Policy[] = [
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
