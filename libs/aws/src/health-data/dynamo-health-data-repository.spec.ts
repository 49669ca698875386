import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { DomainError, timed } from '@clarity/domain';
import {
  aSample,
  anAnalysis,
  aUser,
  describeHealthDataRepository,
  someMinutes,
} from '@clarity/domain/testing';
import { testClients } from '../../test/clients';
import { createTable } from '../../test/embedded-resources';
import { defaultBlockLimits } from '../sample-blocks/place-samples';
import { dynamoHealthDataRepository } from './dynamo-health-data-repository';

const clients = testClients();
const day = Date.UTC(2026, 2, 2);
const wholeDay = { type: 'activity_count', from: day, to: day + 86_400_000, limit: 5000 } as const;
let table: string;
beforeAll(async () => {
  table = await createTable(clients);
});

describeHealthDataRepository('DynamoDB', () => dynamoHealthDataRepository(clients.dynamo, table));

const tinyBlocks = { maxBytes: 900, maxSamples: 40, smallBlock: 500, openBlock: 300 };
describeHealthDataRepository('DynamoDB with tiny blocks', () =>
  dynamoHealthDataRepository(clients.dynamo, table, tinyBlocks),
);

describe('what is in the table', () => {
  const itemsOf = async (userId: string) => {
    const { Items = [] } = await clients.dynamo.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :user',
        ExpressionAttributeValues: { ':user': { S: `USER#${userId}` } },
      }),
    );
    return Items;
  };

  it('is a few blocks for a week of minutes', async () => {
    const userId = aUser();
    const repository = dynamoHealthDataRepository(clients.dynamo, table);
    await repository.addSamples(userId, someMinutes(day, 7 * 1440).map(timed));
    const items = await itemsOf(userId);
    const sizes = items.map(({ data }) => data?.B?.length ?? 0);
    expect(items.length).toBeLessThan(10);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(defaultBlockLimits.maxBytes);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(17 * 7 * 1440);
  });

  it('keeps to the limits, leaves no gaps, and loses nothing to races of processes', async () => {
    const userId = aUser();
    const processes = [0, 1, 2, 3].map(() =>
      dynamoHealthDataRepository(clients.dynamo, table, tinyBlocks),
    );
    const minutes = someMinutes(day, 240);
    const outcomes = await Promise.all(
      processes.map((repository, n) =>
        repository.addSamples(userId, minutes.filter((_, m) => m % 4 === n).map(timed)),
      ),
    );
    expect(new Set(outcomes.flat())).toEqual(new Set(['created']));
    const blocks = await itemsOf(userId);
    expect(blocks.length).toBeGreaterThan(4);
    let end = '';
    for (const { sk, data, upper } of blocks) {
      expect(data?.B?.length).toBeLessThanOrEqual(tinyBlocks.maxBytes);
      expect(sk?.S).toBe(`SAMPLES#activity_count#${end === '' ? '' : `${end}!`}`);
      end = upper?.S ?? '';
    }
    for (const repository of processes) {
      expect((await repository.findSamples(userId, wholeDay)).items).toEqual(minutes);
      const again = await repository.addSamples(userId, minutes.map(timed));
      expect(new Set(again)).toEqual(new Set(['duplicate']));
    }
    expect(await itemsOf(userId)).toHaveLength(blocks.length);
  }, 30_000);

  it('can be asked by status, which moves when the analysis ends', async () => {
    const repository = dynamoHealthDataRepository(clients.dynamo, table);
    const analysis = anAnalysis({ requestedAt: `2026-03-09T08:00:00.${Date.now()}Z` });
    await repository.createAnalysis(analysis);
    const requestedAt = async (status: string) => {
      const { Items = [] } = await clients.dynamo.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'gsi1',
          KeyConditionExpression: 'gsi1pk = :status AND gsi1sk = :at',
          ExpressionAttributeValues: {
            ':status': { S: `ANALYSIS#${status}` },
            ':at': { S: analysis.requestedAt },
          },
        }),
      );
      return Items.length;
    };
    expect([await requestedAt('queued'), await requestedAt('cancelled')]).toEqual([1, 0]);
    const endedAt = '2026-03-09T09:00:00Z';
    await repository.endAnalysis(analysis.userId, analysis.id, { status: 'cancelled', endedAt });
    expect([await requestedAt('queued'), await requestedAt('cancelled')]).toEqual([0, 1]);
  });

  it('holds no text of a sample outside its packed block', async () => {
    const userId = aUser();
    const repository = dynamoHealthDataRepository(clients.dynamo, table);
    await repository.addSamples(userId, [timed(aSample({ source: 'Jane Doe’s Watch' }))]);
    const { Item } = await clients.dynamo.send(
      new GetItemCommand({
        TableName: table,
        Key: { pk: { S: `USER#${userId}` }, sk: { S: 'SAMPLES#activity_count#' } },
      }),
    );
    expect(Object.keys(Item ?? {}).toSorted()).toEqual(['data', 'pk', 'sk', 'version']);
  });
});

it('takes stored data that is malformed for its own fault, not for bad input', async () => {
  const repository = dynamoHealthDataRepository(clients.dynamo, table);
  const { userId, id } = anAnalysis();
  const put = (sk: string, more: object) =>
    clients.dynamo.send(
      new PutItemCommand({
        TableName: table,
        Item: { pk: { S: `USER#${userId}` }, sk: { S: sk }, ...more },
      }),
    );
  await put(`ANALYSIS#${id}`, { id: { S: id } });
  await put('SAMPLES#activity_count#', { version: { S: 'v' }, data: { B: Buffer.from('no') } });
  for (const read of [
    () => repository.findAnalysis(userId, id),
    () => repository.listAnalyses(userId, { limit: 1 }),
    () => repository.findSamples(userId, wholeDay),
  ])
    await expect(read()).rejects.not.toBeInstanceOf(DomainError);
});

it('is unavailable, and tells nothing about the table, if DynamoDB fails', async () => {
  const repository = dynamoHealthDataRepository(clients.dynamo, 'no-such-table');
  const failure = repository.addSamples(aUser(), [timed(aSample())]);
  await expect(failure).rejects.toMatchObject({
    kind: 'unavailable',
    message: expect.not.stringContaining('no-such-table'),
  });
});
