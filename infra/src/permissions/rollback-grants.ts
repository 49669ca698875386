import type { Grant } from './least-privilege-policy';
import { useKey } from './container-grants';
import type { StateStore } from './plan-grants';
import type { Account } from '../environments/schema';

/**
 * Grants to roll back to an earlier release and to report why a release failed. They allow choosing among
 * registered revisions, but not registering new ones.
 */
export function rollbackGrants(
  { id, region, github }: Account,
  state: StateStore,
): readonly Grant[] {
  const ecs = (resource: string) => `arn:aws:ecs:${region}:${id}:${resource}`;
  const table = `arn:aws:dynamodb:${region}:${id}:table/clarity-*-health`;
  return [
    {
      sid: 'RollServices',
      actions: [
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
        ecs('task/clarity-*'),
        ecs('task-definition/clarity-*'),
      ],
    },
    {
      // UpdateService checks it for the roles of the revision.
      sid: 'HandRolesToTasks',
      actions: ['iam:PassRole'],
      resources: github.environments.map((name) => `arn:aws:iam::${id}:role/clarity-${name}-*`),
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    },
    {
      sid: 'ReadRevisions',
      actions: [
        'cloudwatch:DescribeAlarms',
        'ecs:DescribeTaskDefinition',
        'elasticloadbalancing:DescribeTargetHealth',
      ],
      resources: ['*'],
    },
    {
      sid: 'SeeImages',
      actions: ['ecr:DescribeImages'],
      resources: [`arn:aws:ecr:${region}:${id}:repository/clarity-*`],
    },
    {
      // The program of the last release, next to the state; the state itself is out of reach.
      sid: 'ReadPipeline',
      actions: ['s3:GetObject'],
      resources: [`${state.arn}/pipeline/*`],
    },
    useKey('DecryptPipeline', state.keyArn, ['kms:Decrypt'], [`s3.${region}`]),
    {
      sid: 'MovePointer',
      actions: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:PutParameter'],
      resources: [`arn:aws:ssm:${region}:${id}:parameter/clarity/*`],
    },
    {
      // The ledger and the lock are in the table of health data; the condition excludes all other items.
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
