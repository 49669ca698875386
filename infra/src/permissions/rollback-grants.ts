import type { Grant } from './least-privilege-policy';
import type { Account } from '../environments/schema';

/**
 * Brings an earlier release back, and says why one failed. It cannot change what is deployed, only which
 * of the deployed revisions runs.
 */
export function rollbackGrants({ id, region }: Account): readonly Grant[] {
  const ecs = (resource: string) => `arn:aws:ecs:${region}:${id}:${resource}`;
  const table = `arn:aws:dynamodb:${region}:${id}:table/clarity-*-health`;
  return [
    {
      sid: 'RollServices',
      actions: [
        'ecs:DescribeServiceDeployments',
        'ecs:DescribeServiceRevisions',
        'ecs:DescribeServices',
        'ecs:DescribeTasks',
        'ecs:ListServiceDeployments',
        'ecs:ListTasks',
        'ecs:StopServiceDeployment',
        'ecs:UpdateService',
      ],
      resources: [
        ecs('cluster/clarity-*'),
        ecs('container-instance/clarity-*'),
        ecs('service/clarity-*'),
        ecs('service-deployment/clarity-*'),
        ecs('service-revision/clarity-*'),
        ecs('task/clarity-*'),
        ecs('task-definition/clarity-*'),
      ],
    },
    {
      sid: 'LookAtRevisions',
      actions: [
        'cloudwatch:DescribeAlarms',
        'ecs:DescribeTaskDefinition',
        'elasticloadbalancing:DescribeTargetHealth',
      ],
      resources: ['*'],
    },
    {
      sid: 'MovePointer',
      actions: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:PutParameter'],
      resources: [`arn:aws:ssm:${region}:${id}:parameter/clarity/*`],
    },
    {
      // The ledger and the lock lie in the table of people's data; nothing else of it is in reach.
      sid: 'LedgerAndLock',
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      resources: [table],
      conditions: {
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['LOCK#environment', 'RELEASE'] },
      },
    },
    {
      sid: 'DecryptLedger',
      actions: ['kms:Decrypt'],
      resources: [`arn:aws:kms:${region}:${id}:key/*`],
      conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` } },
    },
    {
      sid: 'ReadLogs',
      actions: ['logs:FilterLogEvents', 'logs:GetLogEvents'],
      resources: [`arn:aws:logs:${region}:${id}:log-group:/clarity/*`],
    },
  ];
}
