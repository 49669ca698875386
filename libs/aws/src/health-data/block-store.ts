import {
  ConditionalCheckFailedException,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { CallOptions, SampleType, UserId } from '@clarity/domain';
import { randomBytes } from 'node:crypto';
import { abortable } from '../connection/abortable';
import { awsErrorName, callAws } from '../connection/aws-errors';
import type { Block, BlockContent } from '../sample-blocks/block';
import type { Position } from '../sample-blocks/position';
import {
  blockKey,
  lowerOfKey,
  parsePosition,
  placeKey,
  positionText,
  seriesPrefix,
  userKey,
} from './keys';
import { queryRange, type Item } from './query-range';

/** All samples of one user and type. */
export interface Series {
  readonly userId: UserId;
  readonly type: SampleType;
}

/** Where blocks are stored. Reads are strongly consistent. */
export interface BlockStore {
  /** @returns the last block that begins before `place`, the one that covers it if any does */
  lastBefore(series: Series, place: Position, options?: CallOptions): Promise<Block | undefined>;
  /** @returns at most `limit` blocks that begin at or after `from` and before `to`, in order */
  beginningIn(
    series: Series,
    range: { readonly from: Position; readonly to: Position; readonly limit: number },
    options?: CallOptions,
  ): Promise<readonly Block[]>;
  /**
   * Stores blocks in one transaction if there are several. The first takes the place of `expected`,
   * a version, or must not exist yet; the others must not exist.
   * @returns the new versions, or undefined and nothing stored if another writer was faster, or if a
   *   transaction was too much at this moment: look again after a while
   */
  write(
    series: Series,
    expected: string | undefined,
    contents: readonly BlockContent[],
    options?: CallOptions,
  ): Promise<readonly string[] | undefined>;
}

export function dynamoBlockStore(client: DynamoDBClient, table: string): BlockStore {
  const query = queryRange(client, table);
  return {
    async lastBefore(series, place, options) {
      const { userId, type } = series;
      const range = { from: seriesPrefix(type), to: placeKey(type, place) };
      const last = { Limit: 1, ScanIndexForward: false };
      const { Items = [] } = await query(userId, range, last, options);
      return Items[0] && blockOf(type, Items[0]);
    },

    async beginningIn(series, { from, to, limit }, options) {
      const { userId, type } = series;
      const range = { from: placeKey(type, from), to: placeKey(type, to) };
      const { Items = [] } = await query(userId, range, { Limit: limit }, options);
      return Items.map((item) => blockOf(type, item));
    },

    async write(series, expected, contents, options) {
      const puts = contents.map((content, n) => {
        const version = randomBytes(6).toString('base64url');
        const item = itemOf(series, content, version);
        return { version, put: { TableName: table, Item: item, ...condition(n, expected) } };
      });
      const [only, ...more] = puts;
      if (!only) return [];
      const send = async (): Promise<'written' | 'conflict'> => {
        try {
          if (more.length === 0)
            await client.send(
              new PutItemCommand({
                ...only.put,
                ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
              }),
              abortable(options),
            );
          else
            await client.send(
              new TransactWriteItemsCommand({
                TransactItems: puts.map(({ put }) => ({ Put: put })),
              }),
              abortable(options),
            );
          return 'written';
        } catch (error) {
          if (isOwnWrite(error, only.version)) return 'written';
          if (lostRace(error)) return 'conflict';
          throw error;
        }
      };
      const outcome = await callAws('DynamoDB', send);
      return outcome === 'written' ? puts.map(({ version }) => version) : undefined;
    },
  };
}

function blockOf(type: SampleType, item: Item): Block {
  const upper = item['upper']?.S;
  return {
    lower: lowerOfKey(type, item['sk']?.S ?? ''),
    upper: upper === undefined ? undefined : parsePosition(upper),
    version: item['version']?.S ?? '',
    followed: item['followed']?.BOOL ?? false,
    data: item['data']?.B ?? new Uint8Array(),
  };
}

function itemOf(
  { userId, type }: Series,
  { lower, upper, data, followed }: BlockContent,
  version: string,
): Item {
  return {
    pk: { S: userKey(userId) },
    sk: { S: blockKey(type, lower) },
    version: { S: version },
    data: { B: data },
    ...(upper && { upper: { S: positionText(upper) } }),
    ...(followed && { followed: { BOOL: true } }),
  };
}

function condition(place: number, expected: string | undefined) {
  return place > 0 || expected === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#version = :expected',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':expected': { S: expected } },
      };
}

/** The SDK repeats a put whose answer was lost: then the item in its way is its own. */
function isOwnWrite(error: unknown, version: string): boolean {
  return error instanceof ConditionalCheckFailedException && error.Item?.['version']?.S === version;
}

/** The SDK repeats a call that was throttled by itself, but not a transaction. */
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
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);
