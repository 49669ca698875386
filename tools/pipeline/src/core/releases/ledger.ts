import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { jsonParser } from '@clarity/schema';
import { releaseSchema, type Release } from './release';

const parseRelease = jsonParser('release in the ledger', releaseSchema);
const partition = { S: 'RELEASE' };

/** Every release of an environment, including failed ones. */
export interface Ledger {
  record(release: Release): Promise<void>;
  /** Newest first. */
  list(limit: number): Promise<readonly Release[]>;
  find(id: string): Promise<Release | undefined>;
}

export function releaseLedger(dynamo: DynamoDBClient, table: string): Ledger {
  return {
    async record(release) {
      await dynamo.send(
        new PutItemCommand({
          TableName: table,
          Item: { pk: partition, sk: { S: release.id }, release: { S: JSON.stringify(release) } },
        }),
      );
    },
    async list(limit) {
      const { Items = [] } = await dynamo.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :partition',
          ExpressionAttributeValues: { ':partition': partition },
          ScanIndexForward: false,
          ConsistentRead: true,
          Limit: limit,
        }),
      );
      return Items.map((item) => parseRelease(item['release']?.S ?? ''));
    },
    async find(id) {
      const { Item } = await dynamo.send(
        new GetItemCommand({ TableName: table, Key: { pk: partition, sk: { S: id } } }),
      );
      return Item ? parseRelease(Item['release']?.S ?? '') : undefined;
    },
  };
}
