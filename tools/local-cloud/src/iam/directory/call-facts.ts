import type { CallJson } from '../../moto/aws-json';
import { textsOf, type AwsCall } from '../request/aws-call';

type Facts = Pick<AwsCall, 'taskRoles' | 'roleBoundary' | 'partitionKey' | 'keyArn'>;

interface FactSources {
  readonly call: CallJson;
  readonly boundaryArnOf: (roleName: string) => Promise<string | undefined>;
  readonly partitionKeyOf: (table: string) => Promise<string | undefined>;
}

/** What AWS takes into account of the resources that a call only names. */
export async function callFacts(
  { service, operation, region, parameters }: AwsCall,
  { call, boundaryArnOf, partitionKeyOf }: FactSources,
): Promise<Facts> {
  const ask = <Output>(target: string, input: object) =>
    call<Output>({ service, region, target }, input).catch(() => undefined);
  const first = (...names: string[]) => textsOf(parameters, ...names)[0];
  switch (service) {
    case 'ecs': {
      const taskDefinition = first('taskDefinition');
      if (taskDefinition === undefined || !/^(Create|Update|Run|Start)/.test(operation)) return {};
      const output = await ask<{ taskDefinition: Readonly<Record<string, unknown>> }>(
        'AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition',
        { taskDefinition },
      );
      return {
        taskRoles: textsOf(output?.taskDefinition ?? {}, 'taskRoleArn', 'executionRoleArn'),
      };
    }
    case 'iam': {
      const roleBoundary = await boundaryArnOf(first('RoleName') ?? '');
      return roleBoundary === undefined ? {} : { roleBoundary };
    }
    case 'dynamodb': {
      const table = first('TableName');
      const partitionKey = table === undefined ? undefined : await partitionKeyOf(table);
      return partitionKey === undefined ? {} : { partitionKey };
    }
    case 'kms': {
      const KeyId = first('KeyId', 'TargetKeyId');
      if (KeyId === undefined) return {};
      const output = await ask<{ KeyMetadata: { Arn: string } }>('TrentService.DescribeKey', {
        KeyId,
      });
      return output ? { keyArn: output.KeyMetadata.Arn } : {};
    }
    default:
      return {};
  }
}

/** Name of a table's partition key; undefined if there is no such table. */
export async function readPartitionKey(
  call: CallJson,
  region: string,
  TableName: string,
): Promise<string | undefined> {
  const output = await call<{
    Table: { KeySchema: readonly { AttributeName: string; KeyType: string }[] };
  }>(
    { service: 'dynamodb', region, target: 'DynamoDB_20120810.DescribeTable' },
    { TableName },
  ).catch(() => undefined);
  return output?.Table.KeySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName;
}
