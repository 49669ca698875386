import {
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type AttributeValue,
  type DynamoDBClient,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { SampleType, UserId } from '@clarity/domain';
import { awsErrorName, callAws } from '../connection/aws-errors';
import type { BlockWrite, DayBlock } from '../day-blocks/add-to-day';
import { decodeBlock } from '../day-blocks/block-codec';
import { blockKey, dayPrefix, parseBlockKey, userKey } from './keys';

/** All samples of one user, of one type, that start on one UTC day. */
export interface DayKey {
  readonly userId: UserId;
  readonly type: SampleType;
  /** YYYY-MM-DD, UTC. */
  readonly date: string;
}

/** Where the blocks of days lie. */
export interface DayStore {
  read(day: DayKey): Promise<readonly DayBlock[]>;
  /** All of the writes or none. @returns `conflict` where a version was not as expected */
  write(day: DayKey, writes: readonly BlockWrite[]): Promise<'written' | 'conflict'>;
}

export function dynamoDayStore(client: DynamoDBClient, table: string): DayStore {
  return {
    async read({ userId, type, date }) {
      const blocks: DayBlock[] = [];
      let from: Record<string, AttributeValue> | undefined;
      do {
        const page = await callAws('DynamoDB', () =>
          client.send(
            new QueryCommand({
              TableName: table,
              ConsistentRead: true,
              KeyConditionExpression: 'pk = :user AND begins_with(sk, :day)',
              ExpressionAttributeValues: {
                ':user': { S: userKey(userId) },
                ':day': { S: dayPrefix(type, date) },
              },
              ...(from && { ExclusiveStartKey: from }),
            }),
          ),
        );
        blocks.push(...(page.Items ?? []).map(blockOf));
        from = page.LastEvaluatedKey;
      } while (from);
      return blocks;
    },

    async write(day, writes) {
      const [only, ...more] = writes;
      if (!only) return 'written';
      const { content } = only;
      const command =
        more.length === 0 && content
          ? () => client.send(new PutItemCommand(put(table, day, only, content)))
          : () => client.send(new TransactWriteItemsCommand(transaction(table, day, writes)));
      return callAws('DynamoDB', async () => {
        try {
          await command();
          return 'written';
        } catch (error) {
          if (lostRace(error)) return 'conflict';
          throw error;
        }
      });
    },
  };
}

/** A block's item as a block. */
export function blockOf(item: Record<string, AttributeValue>): DayBlock & { date: string } {
  const { date, block } = parseBlockKey(item['sk']?.S ?? '');
  const samples = decodeBlock(item['data']?.B ?? new Uint8Array());
  return { date, number: block, version: Number(item['version']?.N), samples };
}

/** Somebody else wrote first, or is writing at this moment. */
function lostRace(error: unknown): boolean {
  if (error instanceof TransactionCanceledException)
    return (error.CancellationReasons ?? []).some(({ Code }) => Code && raceCodes.has(Code));
  return raceCodes.has(awsErrorName(error));
}

const raceCodes = new Set([
  'ConditionalCheckFailed',
  'ConditionalCheckFailedException',
  'TransactionConflict',
  'TransactionConflictException',
]);

function transaction(
  table: string,
  day: DayKey,
  writes: readonly BlockWrite[],
): TransactWriteItemsCommandInput {
  return {
    TransactItems: writes.map((write) =>
      write.content
        ? { Put: put(table, day, write, write.content) }
        : { Update: bump(table, day, write) },
    ),
  };
}

function put(
  table: string,
  day: DayKey,
  { number, expectedVersion }: BlockWrite,
  { bytes, samples }: NonNullable<BlockWrite['content']>,
) {
  const item = {
    ...keyOf(day, number),
    version: { N: String(expectedVersion + 1) },
    samples: { N: String(samples) },
    data: { B: bytes },
  };
  return expectedVersion === 0
    ? { TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }
    : { TableName: table, Item: item, ...expecting(expectedVersion) };
}

function bump(table: string, day: DayKey, { number, expectedVersion }: BlockWrite) {
  const { ConditionExpression, ...names } = expecting(expectedVersion);
  return {
    TableName: table,
    Key: keyOf(day, number),
    UpdateExpression: 'SET #version = :next',
    ConditionExpression,
    ExpressionAttributeNames: names.ExpressionAttributeNames,
    ExpressionAttributeValues: {
      ...names.ExpressionAttributeValues,
      ':next': { N: String(expectedVersion + 1) },
    },
  };
}

function expecting(version: number) {
  return {
    ConditionExpression: '#version = :expected',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':expected': { N: String(version) } },
  };
}

function keyOf({ userId, type, date }: DayKey, block: number) {
  return { pk: { S: userKey(userId) }, sk: { S: blockKey(type, date, block) } };
}
