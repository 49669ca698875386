import type { AccessRequest } from '../policy/policy';
import { accessRequests } from './access-requests';
import type { AwsCall, Parameters } from './aws-call';

const arn = (service: string, resource: string, region = 'us-east-1') =>
  `arn:aws:${service}:${region}:111111111111:${resource}`;
const role = (name: string) => arn('iam', `role/${name}`, '');

const map = async (
  service: string,
  operation: string,
  parameters: Parameters = {},
  more: Partial<AwsCall> = {},
) =>
  accessRequests({
    service,
    operation,
    parameters,
    region: 'us-east-1',
    account: '111111111111',
    ...more,
  });

it.each<[string, string, Parameters, readonly string[]]>([
  // Identified by name, by ARN, by URL.
  [
    'sqs',
    'SendMessageBatch',
    { QueueUrl: 'http://127.0.0.1:4566/111111111111/jobs' },
    [`sqs:SendMessage ${arn('sqs', 'jobs')}`],
  ],
  ['sns', 'Publish', { TopicArn: arn('sns', 'events') }, [`sns:Publish ${arn('sns', 'events')}`]],
  [
    'ssm',
    'GetParameters',
    { Names: ['/clarity/a', '/clarity/b'] },
    [
      `ssm:GetParameters ${arn('ssm', 'parameter/clarity/a')}`,
      `ssm:GetParameters ${arn('ssm', 'parameter/clarity/b')}`,
    ],
  ],
  [
    'dynamodb',
    'Query',
    { TableName: 'health' },
    [`dynamodb:Query ${arn('dynamodb', 'table/health')}`],
  ],
  [
    'dynamodb',
    'TransactWriteItems',
    {
      TransactItems: [
        { Put: { TableName: 'health' } },
        { ConditionCheck: { TableName: 'health' } },
      ],
    },
    [
      `dynamodb:PutItem ${arn('dynamodb', 'table/health')}`,
      `dynamodb:ConditionCheckItem ${arn('dynamodb', 'table/health')}`,
    ],
  ],
  ['kms', 'Decrypt', { KeyId: arn('kms', 'key/1') }, [`kms:Decrypt ${arn('kms', 'key/1')}`]],
  [
    'secretsmanager',
    'GetSecretValue',
    { SecretId: 'cursor' },
    [`secretsmanager:GetSecretValue ${arn('secretsmanager', 'secret:cursor-??????')}`],
  ],
  [
    'secretsmanager',
    'GetSecretValue',
    { SecretId: arn('secretsmanager', 'secret:cursor-AbCdEf') },
    [`secretsmanager:GetSecretValue ${arn('secretsmanager', 'secret:cursor-AbCdEf')}`],
  ],
  [
    'logs',
    'PutLogEvents',
    { logGroupName: '/clarity/api', logStreamName: 's' },
    [`logs:PutLogEvents ${arn('logs', 'log-group:/clarity/api:log-stream:s')}`],
  ],
  [
    'logs',
    'PutRetentionPolicy',
    { logGroupName: '/clarity/api' },
    [`logs:PutRetentionPolicy ${arn('logs', 'log-group:/clarity/api:log-stream:')}`],
  ],
  [
    'ecr',
    'PutImage',
    { repositoryName: 'clarity/api' },
    [`ecr:PutImage ${arn('ecr', 'repository/clarity/api')}`],
  ],
  [
    'ecs',
    'DescribeServices',
    { cluster: 'c', services: ['a', 'b'] },
    [
      `ecs:DescribeServices ${arn('ecs', 'service/c/a')}`,
      `ecs:DescribeServices ${arn('ecs', 'service/c/b')}`,
    ],
  ],
  [
    'ecs',
    'UpdateService',
    { service: arn('ecs', 'service/c/a'), cluster: arn('ecs', 'cluster/c') },
    [`ecs:UpdateService ${arn('ecs', 'service/c/a')}`],
  ],
  [
    'autoscaling',
    'UpdateAutoScalingGroup',
    { AutoScalingGroupName: 'g' },
    [
      `autoscaling:UpdateAutoScalingGroup ${arn('autoscaling', 'autoScalingGroup:*:autoScalingGroupName/g')}`,
    ],
  ],
  [
    'elasticloadbalancing',
    'CreateLoadBalancer',
    { Name: 'lb' },
    [
      `elasticloadbalancing:CreateLoadBalancer ${arn('elasticloadbalancing', 'loadbalancer/app/lb/*')}`,
    ],
  ],
  ['events', 'PutRule', { Name: 'r' }, [`events:PutRule ${arn('events', 'rule/r')}`]],
  [
    'cloudwatch',
    'PutMetricAlarm',
    { AlarmName: 'a' },
    [`cloudwatch:PutMetricAlarm ${arn('cloudwatch', 'alarm:a')}`],
  ],
  ['iam', 'GetRole', { RoleName: 'r' }, [`iam:GetRole ${role('r')}`]],
  ['iam', 'CreateRole', { RoleName: 'r', Path: '/app/' }, [`iam:CreateRole ${role('app/r')}`]],
  ['sts', 'AssumeRole', { RoleArn: role('r') }, [`sts:AssumeRole ${role('r')}`]],
  [
    'route53',
    'GetHostedZone',
    { HostedZoneId: 'Z1' },
    ['route53:GetHostedZone arn:aws:route53:::hostedzone/Z1'],
  ],
  [
    'wafv2',
    'GetWebACL',
    { Name: 'w', Id: '1', Scope: 'REGIONAL' },
    [`wafv2:GetWebACL ${arn('wafv2', 'regional/webacl/w/1')}`],
  ],
  // What has no name yet, and what supports no resource.
  ['kms', 'CreateKey', {}, ['kms:CreateKey *']],
  ['ec2', 'CreateVpc', { CidrBlock: '10.0.0.0/16' }, [`ec2:CreateVpc ${arn('ec2', 'vpc/*')}`]],
  ['ec2', 'DescribeVpcs', { VpcId: ['vpc-1'] }, ['ec2:DescribeVpcs *']],
  ['sts', 'GetCallerIdentity', {}, []],
  [
    'ecs',
    'StopServiceDeployment',
    { serviceDeploymentArn: arn('ecs', 'service-deployment/c/a/1') },
    [`ecs:StopServiceDeployment ${arn('ecs', 'service-deployment/c/a/1')}`],
  ],
  [
    'ecs',
    'ListTagsForResource',
    { resourceArn: arn('ecs', 'service/c/a') },
    [`ecs:ListTagsForResource ${arn('ecs', 'service/c/a')}`],
  ],
  [
    'ssm',
    'ListTagsForResource',
    { ResourceType: 'Parameter', ResourceId: '/clarity/a' },
    [`ssm:ListTagsForResource ${arn('ssm', 'parameter/clarity/a')}`],
  ],
  [
    'wafv2',
    'CreateWebACL',
    { Name: 'w', Scope: 'REGIONAL' },
    [`wafv2:CreateWebACL ${arn('wafv2', 'regional/webacl/w/*')}`],
  ],
  [
    'autoscaling',
    'CreateOrUpdateTags',
    { Tags: [{ ResourceId: 'g', Key: 'a', Value: 'b' }] },
    [
      `autoscaling:CreateOrUpdateTags ${arn('autoscaling', 'autoScalingGroup:*:autoScalingGroupName/g')}`,
    ],
  ],
  [
    'xray',
    'CreateSamplingRule',
    { SamplingRule: { RuleName: 'r' } },
    [`xray:CreateSamplingRule ${arn('xray', 'sampling-rule/r')}`],
  ],
  [
    'kms',
    'CreateKey',
    { Tags: [{ TagKey: 'a', TagValue: 'b' }] },
    ['kms:CreateKey *', `kms:TagResource ${arn('kms', 'key/*')}`],
  ],
  [
    'events',
    'PutRule',
    { Name: 'r', EventBusName: 'default' },
    [`events:PutRule ${arn('events', 'rule/r')}`],
  ],
  [
    'budgets',
    'CreateBudget',
    { Budget: { BudgetName: 'b' } },
    [`budgets:ModifyBudget ${arn('budgets', 'budget/b', '')}`],
  ],
  // Actions with another name than the operation.
  [
    'budgets',
    'DescribeBudget',
    { BudgetName: 'b' },
    [`budgets:ViewBudget ${arn('budgets', 'budget/b', '')}`],
  ],
  // Roles that are passed, and tags at creation.
  [
    'ecs',
    'RegisterTaskDefinition',
    {
      family: 'api',
      taskRoleArn: role('t'),
      executionRoleArn: role('e'),
      tags: [{ key: 'a', value: 'b' }],
    },
    [
      `iam:PassRole ${role('t')}`,
      `iam:PassRole ${role('e')}`,
      `ecs:RegisterTaskDefinition ${arn('ecs', 'task-definition/api:*')}`,
      `ecs:TagResource ${arn('ecs', 'task-definition/api:*')}`,
    ],
  ],
  [
    'iam',
    'AddRoleToInstanceProfile',
    { RoleName: 'r', InstanceProfileName: 'p' },
    [
      `iam:PassRole ${role('r')}`,
      `iam:AddRoleToInstanceProfile ${arn('iam', 'instance-profile/p', '')}`,
    ],
  ],
  [
    'ec2',
    'CreateVpc',
    { TagSpecification: [{ ResourceType: 'vpc', Tag: [{ Key: 'a', Value: 'b' }] }] },
    [`ec2:CreateVpc ${arn('ec2', 'vpc/*')}`, `ec2:CreateTags ${arn('ec2', 'vpc/*')}`],
  ],
])('%s %s %j', async (service, operation, parameters, expected) => {
  const { requests, unmapped } = await map(service, operation, parameters);
  expect(requests.map(({ action, resource }) => `${action} ${resource}`)).toEqual(expected);
  expect(unmapped).toEqual([]);
});

const trackingAlarm = (resourceId: string) =>
  arn(
    'cloudwatch',
    `alarm:TargetTracking-${resourceId}-AlarmHigh-00000000-0000-4000-8000-000000000000`,
  );

it.each<[string, string, Parameters, readonly string[]]>([
  [
    'application-autoscaling',
    'RegisterScalableTarget',
    { ServiceNamespace: 'ecs', ResourceId: 'service/c/a' },
    [
      `ecs:DescribeServices ${arn('ecs', 'service/c/a')}`,
      `ecs:UpdateService ${arn('ecs', 'service/c/a')}`,
      `cloudwatch:DescribeAlarms ${arn('cloudwatch', 'alarm:*')}`,
      `cloudwatch:PutMetricAlarm ${arn('cloudwatch', 'alarm:')}`,
      `cloudwatch:DeleteAlarms ${arn('cloudwatch', 'alarm:')}`,
    ],
  ],
  [
    'application-autoscaling',
    'PutScalingPolicy',
    { PolicyType: 'TargetTrackingScaling', ResourceId: 'service/c/a' },
    ['PutMetricAlarm', 'DescribeAlarms', 'DeleteAlarms'].map(
      (name) => `cloudwatch:${name} ${trackingAlarm('service/c/a')}`,
    ),
  ],
  ['application-autoscaling', 'PutScalingPolicy', { PolicyType: 'StepScaling' }, []],
  [
    'application-autoscaling',
    'DeleteScalingPolicy',
    { ResourceId: 'service/c/a' },
    [`cloudwatch:DeleteAlarms ${trackingAlarm('service/c/a')}`],
  ],
  [
    'backup',
    'CreateBackupVault',
    { BackupVaultName: 'v', EncryptionKeyArn: arn('kms', 'key/1') },
    [
      'backup-storage:MountCapsule *',
      ...['CreateGrant', 'Decrypt', 'DescribeKey', 'GenerateDataKey', 'RetireGrant'].map(
        (name) => `kms:${name} ${arn('kms', 'key/1')}`,
      ),
    ],
  ],
  [
    'ec2',
    'CreateVpcEndpoint',
    { VpcId: 'vpc-1', PrivateDnsEnabled: 'true' },
    [
      'route53:AssociateVPCWithHostedZone arn:aws:route53:::hostedzone/*',
      `route53:AssociateVPCWithHostedZone ${arn('ec2', 'vpc/vpc-1')}`,
    ],
  ],
  ['wafv2', 'AssociateWebACL', {}, ['elasticloadbalancing:SetWebACL *']],
])('%s %s %j also asks for what the service checks of its caller', async (...call) => {
  const [service, operation, parameters, expected] = call;
  const { requests, unmapped } = await map(service, operation, parameters);
  const asked = requests.map(({ action, resource }) => `${action} ${resource}`);
  expect(asked.filter((each) => !each.startsWith(`${service}:${operation} `))).toEqual(expected);
  expect(unmapped).toEqual([]);
});

it('asks for the use of an endpoint that is scaled, under names that no policy lists', async () => {
  const { requests } = await map('application-autoscaling', 'RegisterScalableTarget', {
    ServiceNamespace: 'sagemaker',
    ResourceId: 'endpoint/e/variant/v',
  });
  const asked = requests.filter(({ action }) => action.startsWith('sagemaker:'));
  expect(asked).toMatchObject([
    { action: 'sagemaker:DescribeEndpoint', resource: arn('sagemaker', 'endpoint/e') },
    { action: 'sagemaker:DescribeEndpointConfig' },
    { action: 'sagemaker:UpdateEndpointWeightsAndCapacities' },
  ]);
  for (const { resource } of asked.slice(1)) expect(resource).not.toContain('endpoint/e');
});

it('asks for the key of a table through DynamoDB', async () => {
  const { requests } = await map('dynamodb', 'CreateTable', {
    TableName: 't',
    SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: arn('kms', 'key/1') },
  });
  const grant = requests.find(({ action }) => action === 'kms:CreateGrant');
  expect(grant?.resource).toBe(arn('kms', 'key/1'));
  expect(grant?.context.get('kms:ViaService'.toLowerCase())).toEqual([
    'dynamodb.us-east-1.amazonaws.com',
  ]);
});

it('asks for the roles of a task definition that a service is updated to', async () => {
  const { requests } = await map('ecs', 'UpdateService', {}, { taskRoles: [role('t')] });
  expect(requests[0]).toMatchObject({ action: 'iam:PassRole', resource: role('t') });
  expect(requests[0]?.context.get('iam:PassedToService'.toLowerCase())).toEqual([
    'ecs-tasks.amazonaws.com',
  ]);
});

it('reports an operation without an action of its name', async () => {
  expect(await map('ecs', 'DescribeNothing')).toEqual({
    requests: [],
    unmapped: ['ecs:DescribeNothing'],
  });
});

describe('condition keys', () => {
  const valuesOf = (context: AccessRequest['context'] | undefined, key: string) =>
    context?.get(key.toLowerCase());

  const keys = async (...call: [string, string, Parameters?, Partial<AwsCall>?]) =>
    (await map(...call)).requests[0]?.context;

  it('have the tags of the request', async () => {
    const context = await keys('sqs', 'CreateQueue', {
      QueueName: 'q',
      tags: { Project: 'clarity' },
    });
    expect(valuesOf(context, 'aws:RequestTag/Project')).toEqual(['clarity']);
    expect(valuesOf(context, 'aws:TagKeys')).toEqual(['Project']);
  });

  it('have the boundary that a role gets, or has', async () => {
    const set = await keys('iam', 'CreateRole', { RoleName: 'r', PermissionsBoundary: 'b' });
    const kept = await keys('iam', 'PutRolePolicy', { RoleName: 'r' }, { roleBoundary: 'c' });
    expect(valuesOf(set, 'iam:PermissionsBoundary')).toEqual(['b']);
    expect(valuesOf(kept, 'iam:PermissionsBoundary')).toEqual(['c']);
  });

  it.each<[string, Parameters]>([
    ['GetItem', { Key: { pk: { S: 'RELEASE' }, sk: { S: '1' } } }],
    ['PutItem', { Item: { pk: { S: 'RELEASE' }, other: { S: '1' } } }],
    [
      'Query',
      {
        KeyConditionExpression: '#p = :p AND sk > :s',
        ExpressionAttributeNames: { '#p': 'pk' },
        ExpressionAttributeValues: { ':p': { S: 'RELEASE' }, ':s': { S: '0' } },
      },
    ],
  ])('have the partition key of %s', async (operation, parameters) => {
    const context = await keys(
      'dynamodb',
      operation,
      { TableName: 't', ...parameters },
      { partitionKey: 'pk' },
    );
    expect(valuesOf(context, 'dynamodb:LeadingKeys')).toEqual(['RELEASE']);
  });
});
