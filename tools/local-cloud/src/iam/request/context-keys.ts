import type { AccessRequest } from '../policy/policy';
import { textsOf, type AwsCall, type Parameters } from './aws-call';
import { tagsOf } from './tags-at-creation';

/** A condition key, in any case, with its values. */
export type ContextEntry = readonly [string, readonly string[]];

/** Condition keys as policies are compared with them: without case, and only those that have a value. */
export const contextFrom = (entries: readonly ContextEntry[]): AccessRequest['context'] =>
  new Map(
    entries
      .filter(([, values]) => values.length > 0)
      .map(([key, values]) => [key.toLowerCase(), values]),
  );

/** The condition keys that every call has. */
export const callKeys = ({ region }: AwsCall): readonly ContextEntry[] => [
  ['aws:RequestedRegion', [region]],
  ['aws:SecureTransport', ['true']],
];

/**
 * Condition keys of a call: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 *
 * Those of AWS as a whole, and those of services that our policies use. Calls count as made over TLS, as they are
 * in AWS.
 */
export function contextOf(call: AwsCall, parameters: Parameters): readonly ContextEntry[] {
  const tags = tagsOf(parameters);
  return [
    ...callKeys(call),
    ['aws:TagKeys', [...tags.keys()]],
    ...[...tags].map(([key, value]): ContextEntry => [`aws:RequestTag/${key}`, [value]]),
    ...serviceKeys(call, parameters),
  ];
}

function serviceKeys(call: AwsCall, parameters: Parameters): readonly ContextEntry[] {
  const texts = (...names: string[]) => textsOf(parameters, ...names);
  switch (call.service) {
    case 'cloudwatch':
      return [['cloudwatch:namespace', texts('Namespace')]];
    case 'dynamodb':
      return [['dynamodb:LeadingKeys', leadingKeys(call, parameters)]];
    case 'iam':
      return [
        ['iam:PermissionsBoundary', boundaryOf(call, parameters)],
        ['iam:PolicyARN', texts('PolicyArn')],
        ['iam:AWSServiceName', texts('AWSServiceName')],
      ];
    case 'kms':
      return [
        ['kms:CallerAccount', [call.account]],
        ['kms:GrantOperations', texts('Operations')],
        ['kms:GrantIsForAWSResource', call.operation === 'CreateGrant' ? ['false'] : []],
        ...Object.entries((parameters['EncryptionContext'] ?? {}) as Record<string, string>).map(
          ([key, value]): ContextEntry => [`kms:EncryptionContext:${key}`, [value]],
        ),
      ];
    case 'sns':
      return [
        ['sns:Protocol', texts('Protocol')],
        ['sns:Endpoint', texts('Endpoint')],
      ];
    default:
      return [];
  }
}

/** The boundary that the request sets, else the one that the role has. */
const boundaryOf = ({ roleBoundary }: AwsCall, parameters: Parameters): readonly string[] => {
  const [asked = roleBoundary] = textsOf(parameters, 'PermissionsBoundary');
  return asked === undefined ? [] : [asked];
};

/** Values of the partition key: of the item, its key, or the key condition of a query. */
function leadingKeys({ partitionKey }: AwsCall, parameters: Parameters): readonly string[] {
  if (partitionKey === undefined) return [];
  const { Key, Item, KeyConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues } =
    parameters as Readonly<Record<string, Record<string, unknown> | undefined>>;
  const own = (Key ?? Item)?.[partitionKey];
  if (own !== undefined) return Object.values(own as object).map(String);
  const comparison = /(#?\w+)\s*=\s*(:\w+)/g;
  for (const [, name = '', value = ''] of String(KeyConditionExpression ?? '').matchAll(comparison))
    if ((ExpressionAttributeNames?.[name] ?? name) === partitionKey)
      return Object.values((ExpressionAttributeValues?.[value] ?? {}) as object).map(String);
  return [];
}
