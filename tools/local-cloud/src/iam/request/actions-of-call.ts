import type { AwsCall, NeededAction, Parameters } from './aws-call';
import { s3Actions } from './s3-actions';

/** Operations whose action has another name: `service:Operation` → names of actions. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  'budgets:CreateBudget': ['ModifyBudget'],
  'budgets:UpdateBudget': ['ModifyBudget'],
  'budgets:DeleteBudget': ['ModifyBudget'],
  'budgets:CreateNotification': ['ModifyBudget'],
  'budgets:CreateSubscriber': ['ModifyBudget'],
  'budgets:DeleteNotification': ['ModifyBudget'],
  'budgets:DescribeBudget': ['ViewBudget'],
  'budgets:DescribeBudgets': ['ViewBudget'],
  'budgets:DescribeNotificationsForBudget': ['ViewBudget'],
  'budgets:DescribeSubscribersForNotification': ['ViewBudget'],
  'dynamodb:ExecuteStatement': ['PartiQLSelect'],
  'kms:ReEncrypt': ['ReEncryptFrom', 'ReEncryptTo'],
  'sns:PublishBatch': ['Publish'],
  'sqs:ChangeMessageVisibilityBatch': ['ChangeMessageVisibility'],
  'sqs:DeleteMessageBatch': ['DeleteMessage'],
  'sqs:SendMessageBatch': ['SendMessage'],
};

/** What each part of a transaction or batch of DynamoDB needs. */
const itemActions: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

/** Operations that need no permission: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const needsNoPermission = ({ service, operation }: AwsCall): boolean =>
  service === 'sts' && operation === 'GetCallerIdentity';

/** The actions that a call needs on the resources that it names itself. */
export function actionsOfCall(call: AwsCall): readonly NeededAction[] {
  const { service, operation, parameters, s3 } = call;
  if (s3) return s3Actions(s3);
  const named = (...names: readonly string[]) =>
    names.map((name) => ({ action: `${service}:${name}`, parameters }));
  if (service === 'dynamodb' && operation.startsWith('Transact')) return transaction(parameters);
  if (service === 'dynamodb' && operation.startsWith('Batch'))
    return Object.keys((parameters['RequestItems'] ?? {}) as object).map((TableName) => ({
      action: `dynamodb:${operation}`,
      parameters: { TableName },
    }));
  return named(...(otherNames[`${service}:${operation}`] ?? [operation]));
}

function transaction({ TransactItems }: Parameters): readonly NeededAction[] {
  return ((TransactItems ?? []) as Parameters[]).flatMap((item) =>
    Object.entries(item).flatMap(([kind, parameters]) => {
      const name = itemActions[kind];
      return name === undefined
        ? []
        : [{ action: `dynamodb:${name}`, parameters: parameters as Parameters }];
    }),
  );
}
