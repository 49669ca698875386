import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DomainError,
  parseAnalysisId,
  type AnalysisId,
  type HealthDataRepository,
  type UserId,
} from '@clarity/domain';
import { ValidationError } from '@clarity/schema';
import { isDeepStrictEqual } from 'node:util';
import { abortable } from '../connection/abortable';
import { callAws } from '../connection/aws-errors';
import {
  analysisItem,
  analysisNameOf,
  analysisOf,
  outcomeAttributes,
  statusKey,
} from './analysis-item';
import { analysisKey, analysisPrefix, userKey } from './keys';

type Analyses = Pick<
  HealthDataRepository,
  'createAnalysis' | 'findAnalysis' | 'listAnalyses' | 'findQueued' | 'endAnalysis'
>;

export function dynamoAnalyses(client: DynamoDBClient, table: string): Analyses {
  const keyOf = (userId: UserId, id: AnalysisId) => ({
    pk: { S: userKey(userId) },
    sk: { S: analysisKey(id) },
  });

  return {
    async createAnalysis(analysis, options) {
      const put = new PutItemCommand({
        TableName: table,
        Item: analysisItem(analysis),
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      await callAws('DynamoDB', async () => {
        try {
          await client.send(put, abortable(options));
        } catch (error) {
          if (!(error instanceof ConditionalCheckFailedException)) throw error;
          // The SDK repeats a put whose answer was lost: then what is there is this analysis.
          if (error.Item && isDeepStrictEqual(analysisOf(error.Item), analysis)) return;
          throw new DomainError('conflict', 'An analysis with this id exists.');
        }
      });
    },

    async findAnalysis(userId, id, options) {
      const { Item } = await callAws('DynamoDB', () =>
        client.send(
          new GetItemCommand({ TableName: table, Key: keyOf(userId, id), ConsistentRead: true }),
          abortable(options),
        ),
      );
      return Item && analysisOf(Item);
    },

    async listAnalyses(userId, { limit, after }, options) {
      const position = after === undefined ? undefined : parseAnalysisId(after);
      if (after !== undefined && !position)
        throw new ValidationError('The cursor is not one that this service made.');
      const { Items = [] } = await callAws('DynamoDB', () =>
        client.send(
          new QueryCommand({
            TableName: table,
            ConsistentRead: true,
            KeyConditionExpression: 'pk = :user AND begins_with(sk, :analysis)',
            ExpressionAttributeValues: {
              ':user': { S: userKey(userId) },
              ':analysis': { S: analysisPrefix },
            },
            ScanIndexForward: false,
            // One more than asked: it tells whether this is the last page.
            Limit: limit + 1,
            ...(position && { ExclusiveStartKey: keyOf(userId, position) }),
          }),
          abortable(options),
        ),
      );
      const items = Items.slice(0, limit).map(analysisOf);
      const last = items.at(-1);
      return Items.length > limit && last ? { items, next: last.id } : { items };
    },

    async findQueued(before, limit, options) {
      const { Items = [] } = await callAws('DynamoDB', () =>
        client.send(
          new QueryCommand({
            TableName: table,
            IndexName: 'gsi1',
            KeyConditionExpression: 'gsi1pk = :queued AND gsi1sk < :before',
            ExpressionAttributeValues: {
              ':queued': { S: statusKey('queued') },
              ':before': { S: before },
            },
            Limit: limit,
          }),
          abortable(options),
        ),
      );
      return Items.map(analysisNameOf);
    },

    async endAnalysis(userId, id, outcome, options) {
      const attributes = Object.entries(outcomeAttributes(outcome));
      const update = new UpdateItemCommand({
        TableName: table,
        Key: keyOf(userId, id),
        ConditionExpression: '#status = :queued',
        UpdateExpression: `SET ${attributes.map(([name]) => `#${name} = :${name}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(
          attributes.map(([name]) => [`#${name}`, name]),
        ),
        ExpressionAttributeValues: {
          ...Object.fromEntries(attributes.map(([name, value]) => [`:${name}`, value])),
          ':queued': { S: 'queued' },
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return callAws('DynamoDB', async () => {
        try {
          await client.send(update, abortable(options));
          return 'recorded';
        } catch (error) {
          if (!(error instanceof ConditionalCheckFailedException)) throw error;
          if (error.Item) return 'already-ended';
          throw new DomainError('not-found', 'There is no such analysis.');
        }
      });
    },
  };
}
