import type { Grant } from './least-privilege-policy';

/** What is backed up, and to which vault. */
export interface BackupScope {
  readonly account: { readonly id: string; readonly region: string };
  readonly tableArn: string;
  readonly bucketArn: string;
  /** Encrypts the table and the bucket. */
  readonly dataKeyArn: string;
  readonly vault: { readonly arn: string; readonly keyArn: string };
}

/**
 * What AWS Backup needs for one table and one bucket: the managed policies
 * AWSBackupServiceRolePolicyForBackup and ...ForS3Backup, without what they allow on other resources.
 */
export const backupGrants = (scope: BackupScope): readonly Grant[] => [
  ...tableGrants(scope.tableArn),
  ...bucketGrants(scope),
  ...keyGrants(scope),
  {
    sid: 'WriteToTheVault',
    actions: ['backup:CopyIntoBackupVault', 'backup:DescribeBackupVault'],
    resources: [scope.vault.arn],
  },
  {
    sid: 'TagRecoveryPoints',
    actions: ['backup:TagResource'],
    // AWS generates their names.
    resources: [`arn:aws:backup:${scope.account.region}:${scope.account.id}:recovery-point:*`],
  },
];

const tableGrants = (tableArn: string): readonly Grant[] => [
  {
    sid: 'BackUpTable',
    actions: [
      'dynamodb:CreateBackup',
      'dynamodb:DescribeTable',
      'dynamodb:ListTagsOfResource',
      'dynamodb:StartAwsBackupJob',
    ],
    resources: [tableArn],
  },
  {
    sid: 'ExpireTableBackups',
    actions: ['dynamodb:DeleteBackup', 'dynamodb:DescribeBackup'],
    resources: [`${tableArn}/backup/*`],
  },
];

const bucketGrants = ({ account, bucketArn }: BackupScope): readonly Grant[] => [
  {
    sid: 'ReadBucket',
    actions: [
      's3:GetBucketAcl',
      's3:GetBucketLocation',
      's3:GetBucketNotification',
      's3:GetBucketTagging',
      's3:GetBucketVersioning',
      's3:GetInventoryConfiguration',
      's3:ListBucket',
      's3:ListBucketVersions',
      // Continuous backups follow the bucket through events and inventories.
      's3:PutBucketNotification',
      's3:PutInventoryConfiguration',
    ],
    resources: [bucketArn],
  },
  {
    sid: 'ReadObjects',
    actions: [
      's3:GetObject',
      's3:GetObjectAcl',
      's3:GetObjectTagging',
      's3:GetObjectVersion',
      's3:GetObjectVersionAcl',
      's3:GetObjectVersionTagging',
    ],
    resources: [`${bucketArn}/*`],
  },
  {
    sid: 'FollowBucketEvents',
    actions: [
      'events:DeleteRule',
      'events:DescribeRule',
      'events:DisableRule',
      'events:EnableRule',
      'events:ListTargetsByRule',
      'events:PutRule',
      'events:PutTargets',
      'events:RemoveTargets',
    ],
    resources: [`arn:aws:events:${account.region}:${account.id}:rule/AwsBackupManagedRule*`],
  },
  {
    sid: 'FindBucketAndItsSize',
    actions: ['cloudwatch:GetMetricData', 'events:ListRules', 's3:ListAllMyBuckets'],
    resources: ['*'],
  },
];

const keyGrants = ({ account, dataKeyArn, vault }: BackupScope): readonly Grant[] => [
  {
    sid: 'ReadWhatIsEncrypted',
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: [dataKeyArn, vault.keyArn],
    conditions: {
      StringEquals: {
        'kms:ViaService': ['dynamodb', 's3'].map((via) => `${via}.${account.region}.amazonaws.com`),
      },
    },
  },
  {
    sid: 'DescribeKeys',
    actions: ['kms:DescribeKey'],
    resources: [dataKeyArn, vault.keyArn],
  },
  {
    sid: 'LendKeysToAws',
    actions: ['kms:CreateGrant'],
    resources: [dataKeyArn, vault.keyArn],
    conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  },
];
