import {
  QueryCommand,
  type AttributeValue,
  type DynamoDBClient,
  type QueryCommandInput,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { CallOptions, UserId } from '@clarity/domain';
import { abortable } from '../connection/abortable';
import { callAws } from '../connection/aws-errors';
import { userKey } from './keys';

export type Item = Record<string, AttributeValue>;

/**
 * One page of a user's items whose sort keys lie in [from, to], strongly consistent.
 * @throws DomainError `unavailable`
 */
export type QueryRange = (
  userId: UserId,
  range: { readonly from: string; readonly to: string },
  more: Pick<QueryCommandInput, 'Limit' | 'ScanIndexForward' | 'ExclusiveStartKey'>,
  options?: CallOptions,
) => Promise<QueryCommandOutput>;

export function queryRange(client: DynamoDBClient, table: string): QueryRange {
  return (userId, { from, to }, more, options) => {
    const command = new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :user AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':user': { S: userKey(userId) },
        ':from': { S: from },
        ':to': { S: to },
      },
      ...more,
    });
    return callAws('DynamoDB', () => client.send(command, abortable(options)));
  };
}
