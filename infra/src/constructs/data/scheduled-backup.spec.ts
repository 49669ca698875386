import { account, keyArn, only, parsed, synthesise } from '../../../test/synthesise';
import { ScheduledBackup } from './scheduled-backup';

const tableArn = 'arn:aws:dynamodb:us-east-1:123456789012:table/clarity-test-health';
const bucketArn = 'arn:aws:s3:::clarity-test-data';
const vaultKeyArn = `${keyArn.slice(0, -1)}2`;
const vaultArn = 'arn:aws:backup:us-east-1:123456789012:backup-vault:clarity-test-backup';
const stack = synthesise((scope) => {
  new ScheduledBackup(scope, 'backup', {
    name: 'clarity-test-backup',
    account,
    tableArn,
    bucketArn,
    dataKeyArn: keyArn,
    vault: { arn: vaultArn, name: 'clarity-test-backup', keyArn: vaultKeyArn },
    rules: [
      { name: 'daily', schedule: 'cron(0 5 * * ? *)', continuous: true, deleteAfterDays: 7 },
      {
        name: 'weekly',
        schedule: 'cron(0 6 ? * SUN *)',
        continuous: false,
        coldAfterDays: 7,
        deleteAfterDays: 97,
      },
    ],
  });
});

interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: unknown;
}
const statements = parsed(only(stack, 'aws_iam_role_policy')['policy'])
  .Statement as unknown as readonly Statement[];
const allowing = (action: string) => statements.filter(({ Action }) => Action.includes(action));

describe('ScheduledBackup', () => {
  it('keeps each rule’s recovery points as long as configured', () => {
    const [daily, weekly] = only(stack, 'aws_backup_plan')['rule'] as Record<string, unknown>[];
    expect(daily).toMatchObject({
      rule_name: 'daily',
      schedule: 'cron(0 5 * * ? *)',
      enable_continuous_backup: true,
      lifecycle: { delete_after: 7 },
    });
    expect(daily?.['lifecycle']).not.toHaveProperty('cold_storage_after');
    expect(weekly).toMatchObject({
      enable_continuous_backup: false,
      lifecycle: { cold_storage_after: 7, delete_after: 97 },
    });
  });

  it('gives a job more time to complete than to start', () => {
    const rules = only(stack, 'aws_backup_plan')['rule'] as Record<string, number>[];
    for (const { start_window: start = 0, completion_window: completion = 0 } of rules)
      expect(completion).toBeGreaterThan(start);
  });

  it('backs up the table and the bucket by ARN, after its role has its policy', () => {
    expect(only(stack, 'aws_backup_selection')).toMatchObject({
      resources: [tableArn, bucketArn],
      iam_role_arn: '${aws_iam_role.backup_role_role.arn}',
      depends_on: ['aws_iam_role_policy.backup_role_policy'],
    });
  });

  it('trusts AWS Backup for this account only', () => {
    const [trust] = parsed(only(stack, 'aws_iam_role')['assume_role_policy']).Statement;
    expect(trust).toMatchObject({
      Principal: { Service: 'backup.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': account.id } },
    });
  });

  it('reads only that table and that bucket', () => {
    expect(allowing('dynamodb:StartAwsBackupJob').map(({ Resource }) => Resource)).toEqual([
      [tableArn],
    ]);
    expect(allowing('s3:GetObjectVersion').map(({ Resource }) => Resource)).toEqual([
      [`${bucketArn}/*`],
    ]);
    for (const { Action, Resource } of statements)
      expect(Resource.includes('*') && Action.some((action) => action.startsWith('kms:'))).toBe(
        false,
      );
  });

  it('changes neither items nor objects, and deletes only its own backups', () => {
    const writing = statements
      .flatMap(({ Action }) => Action)
      .filter((action) => /:(Put|Delete|Update|BatchWrite)/.test(action));
    expect(writing.sort()).toEqual([
      'dynamodb:DeleteBackup',
      'events:DeleteRule',
      'events:PutRule',
      'events:PutTargets',
      's3:PutBucketNotification',
      's3:PutInventoryConfiguration',
    ]);
  });

  it('uses both keys only through the services that it reads from, and grants them only to AWS', () => {
    const [use] = allowing('kms:Decrypt');
    expect(use).toMatchObject({
      Resource: [keyArn, vaultKeyArn],
      Condition: {
        StringEquals: {
          'kms:ViaService': ['dynamodb.us-east-1.amazonaws.com', 's3.us-east-1.amazonaws.com'],
        },
      },
    });
    expect(allowing('kms:CreateGrant')).toMatchObject([
      { Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
    ]);
  });
});
