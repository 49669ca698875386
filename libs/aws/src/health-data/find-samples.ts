import { QueryCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Page, Sample, SampleQuery, UserId } from '@clarity/domain';
import { callAws } from '../connection/aws-errors';
import { bySampleOrder, timed, utcDate, type TimedSample } from '../day-blocks/sample-order';
import { blockOf } from './day-store';
import { dayPrefix, endOf, userKey } from './keys';
import { decodeCursor, encodeCursor, type SamplePosition } from './sample-cursor';

/** A day of minutes; how many blocks a page probably needs follows from it. */
const samplesOfAFullDay = 1_440;
const maxBlocksAtOnce = 40;
/** Years 1 to 9999: what a key can hold. */
const earliest = -62_135_596_800_000;
const latest = 253_402_300_799_999;

/**
 * One page of samples, reading no block in front of the page and few behind it: as many blocks as
 * the page would take were they full days, then twice as many each time that was not enough.
 */
export async function findSamples(
  client: DynamoDBClient,
  table: string,
  userId: UserId,
  query: SampleQuery,
): Promise<Page<Sample>> {
  const after = query.after === undefined ? undefined : decodeCursor(query.after);
  const from = Math.max(query.from, after?.instant ?? earliest, earliest);
  const to = Math.min(query.to, latest);
  if (from >= to) return { items: [] };

  const found: TimedSample[] = [];
  for await (const day of days(client, table, userId, { ...query, from, to })) {
    found.push(
      ...day
        .map(timed)
        .filter(({ instant }) => instant >= from && instant < to)
        .filter((each) => !after || isBehind(each, after))
        .sort(bySampleOrder),
    );
    if (found.length > query.limit) break;
  }
  const items = found.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items: items.map(({ sample }) => sample),
    ...(found.length > query.limit &&
      last && { next: encodeCursor({ instant: last.instant, id: last.sample.id }) }),
  };
}

/** The samples of each day that has any, day after day, blocks of a day together. */
async function* days(
  client: DynamoDBClient,
  table: string,
  userId: UserId,
  { type, from, to, limit }: SampleQuery,
): AsyncGenerator<readonly Sample[]> {
  // One more than the page fills: only the next day's block proves that a day is complete.
  let blocksAtOnce = Math.min(maxBlocksAtOnce, Math.ceil(limit / samplesOfAFullDay) + 1);
  let position: Record<string, AttributeValue> | undefined;
  let day: { date: string; samples: Sample[] } | undefined;
  do {
    const page = await callAws('DynamoDB', () =>
      client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :user AND sk BETWEEN :from AND :to',
          ExpressionAttributeValues: {
            ':user': { S: userKey(userId) },
            ':from': { S: dayPrefix(type, utcDate(from)) },
            ':to': { S: endOf(dayPrefix(type, utcDate(to - 1))) },
          },
          Limit: blocksAtOnce,
          ...(position && { ExclusiveStartKey: position }),
        }),
      ),
    );
    for (const { date, samples } of (page.Items ?? []).map(blockOf)) {
      if (day && day.date !== date) yield day.samples;
      day = { date, samples: day?.date === date ? [...day.samples, ...samples] : [...samples] };
    }
    position = page.LastEvaluatedKey;
    blocksAtOnce = Math.min(maxBlocksAtOnce, blocksAtOnce * 2);
  } while (position);
  if (day) yield day.samples;
}

function isBehind({ instant, sample }: TimedSample, position: SamplePosition): boolean {
  return instant > position.instant || (instant === position.instant && sample.id > position.id);
}
