import { agentRepositoryArn } from './guardduty-agent-grants';
import type { Grant } from './least-privilege-policy';

interface Account {
  readonly id: string;
  readonly region: string;
}

/**
 * The upper limit for roles of all environments in the account: everything that any of them needs, on
 * resources with our names. No IAM, no state bucket, no other account. Each role's own policy is narrower;
 * a new action has to be added here, too.
 */
export function boundaryGrants(account: Account): readonly Grant[] {
  return [
    ...dataGrants(account),
    ...backupGrants(account),
    ...runGrants(account),
    ...telemetryGrants(account),
  ];
}

const on = (service: string, { id, region }: Account, ...resources: readonly string[]) =>
  resources.map((resource) => `arn:aws:${service}:${region}:${id}:${resource}`);

/** Neither the state bucket nor the access log buckets. */
const dataBucket = ({ id }: Account) => `arn:aws:s3:::clarity-*-data-${id}`;

const dataGrants = (account: Account): readonly Grant[] => [
  {
    sid: 'Table',
    actions: ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map(
      (name) => `dynamodb:${name}`,
    ),
    resources: on('dynamodb', account, 'table/clarity-*-health', 'table/clarity-*-health/index/*'),
  },
  {
    sid: 'Objects',
    actions: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:GetObject', 's3:PutObject'],
    resources: [`${dataBucket(account)}/*`],
  },
  {
    sid: 'Bucket',
    actions: ['s3:ListBucket', 's3:ListBucketVersions'],
    resources: [dataBucket(account)],
  },
  { sid: 'Publish', actions: ['sns:Publish'], resources: on('sns', account, 'clarity-*') },
  {
    sid: 'Jobs',
    actions: ['ChangeMessageVisibility', 'DeleteMessage', 'ReceiveMessage', 'SendMessage'].map(
      (name) => `sqs:${name}`,
    ),
    resources: on('sqs', account, 'clarity-*'),
  },
  {
    sid: 'Secrets',
    actions: ['secretsmanager:GetSecretValue'],
    resources: on('secretsmanager', account, 'secret:clarity-*'),
  },
  {
    sid: 'Keys',
    actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
    resources: on('kms', account, 'key/*'),
  },
];

const backupGrants = (account: Account): readonly Grant[] => [
  {
    sid: 'BackUpTable',
    actions: [
      'CreateBackup',
      'DeleteBackup',
      'DescribeBackup',
      'DescribeTable',
      'ListTagsOfResource',
      'StartAwsBackupJob',
    ].map((name) => `dynamodb:${name}`),
    resources: on('dynamodb', account, 'table/clarity-*-health', 'table/clarity-*-health/backup/*'),
  },
  {
    sid: 'BackUpBucket',
    actions: [
      'GetBucketAcl',
      'GetBucketLocation',
      'GetBucketNotification',
      'GetBucketTagging',
      'GetBucketVersioning',
      'GetInventoryConfiguration',
      'ListBucketVersions',
      'PutBucketNotification',
      'PutInventoryConfiguration',
    ].map((name) => `s3:${name}`),
    resources: [dataBucket(account)],
  },
  {
    sid: 'BackUpObjects',
    actions: [
      'GetObjectAcl',
      'GetObjectTagging',
      'GetObjectVersion',
      'GetObjectVersionAcl',
      'GetObjectVersionTagging',
    ].map((name) => `s3:${name}`),
    resources: [`${dataBucket(account)}/*`],
  },
  {
    sid: 'FollowBucket',
    actions: [
      'DeleteRule',
      'DescribeRule',
      'DisableRule',
      'EnableRule',
      'ListTargetsByRule',
      'PutRule',
      'PutTargets',
      'RemoveTargets',
    ].map((name) => `events:${name}`),
    resources: on('events', account, 'rule/AwsBackupManagedRule*'),
  },
  {
    sid: 'Vaults',
    actions: ['CopyIntoBackupVault', 'DescribeBackupVault', 'TagResource'].map(
      (name) => `backup:${name}`,
    ),
    resources: on('backup', account, 'backup-vault:clarity-*', 'recovery-point:*'),
  },
  { sid: 'FindBuckets', actions: ['events:ListRules', 's3:ListAllMyBuckets'], resources: ['*'] },
];

/** For running containers: agents of ECS and Session Manager, and SageMaker's network interfaces. */
const runGrants = (account: Account): readonly Grant[] => [
  {
    sid: 'Images',
    actions: ['BatchCheckLayerAvailability', 'BatchGetImage', 'GetDownloadUrlForLayer'].map(
      (name) => `ecr:${name}`,
    ),
    resources: [...on('ecr', account, 'repository/clarity-*'), agentRepositoryArn(account.region)],
  },
  {
    sid: 'Agent',
    actions: [
      'DeregisterContainerInstance',
      'ListTagsForResource',
      'Poll',
      'RegisterContainerInstance',
      'StartTelemetrySession',
      'SubmitAttachmentStateChanges',
      'SubmitContainerStateChange',
      'SubmitTaskStateChange',
      'TagResource',
      'UpdateContainerInstancesState',
    ].map((name) => `ecs:${name}`),
    // Batch creates and names a cluster for each of our compute environments.
    resources: on('ecs', account, 'cluster/*clarity-*', 'container-instance/*clarity-*'),
  },
  {
    sid: 'AgentWithoutNames',
    actions: [
      ...hostActions,
      'ec2:DescribeTags',
      'ecr:GetAuthorizationToken',
      'guardduty:SendSecurityTelemetry',
    ],
    resources: ['*'],
  },
  {
    sid: 'Hosts',
    actions: ['ssm:UpdateInstanceInformation'],
    resources: on('ec2', account, 'instance/*'),
  },
  {
    sid: 'RefreshHosts',
    actions: ['autoscaling:StartInstanceRefresh'],
    resources: on('autoscaling', account, 'autoScalingGroup:*:autoScalingGroupName/clarity-*'),
  },
  {
    sid: 'Interfaces',
    actions: [
      'CreateNetworkInterface',
      'CreateNetworkInterfacePermission',
      'DeleteNetworkInterface',
      'DeleteNetworkInterfacePermission',
    ].map((name) => `ec2:${name}`),
    resources: on('ec2', account, 'network-interface/*', 'security-group/*', 'subnet/*'),
  },
  {
    sid: 'Network',
    actions: [
      'DescribeDhcpOptions',
      'DescribeNetworkInterfaces',
      'DescribeSecurityGroups',
      'DescribeSubnets',
      'DescribeVpcs',
    ].map((name) => `ec2:${name}`),
    resources: ['*'],
  },
  {
    sid: 'Logs',
    actions: ['CreateLogStream', 'DescribeLogGroups', 'DescribeLogStreams', 'PutLogEvents'].map(
      (name) => `logs:${name}`,
    ),
    resources: on('logs', account, 'log-group:*'),
  },
];

const hostActions = [
  'ecs:DiscoverPollEndpoint',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
];

const telemetryGrants = (account: Account): readonly Grant[] => [
  {
    sid: 'Alarms',
    actions: ['cloudwatch:DescribeAlarmHistory', 'cloudwatch:DescribeAlarms'],
    resources: on('cloudwatch', account, 'alarm:*'),
  },
  {
    sid: 'Telemetry',
    actions: [
      'cloudwatch:GetMetricData',
      'cloudwatch:GetMetricStatistics',
      'cloudwatch:ListMetrics',
      'cloudwatch:PutMetricData',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ],
    resources: ['*'],
  },
];
