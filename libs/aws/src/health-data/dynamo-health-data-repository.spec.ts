import { GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import {
  aSample,
  anAnalysis,
  aUser,
  describeHealthDataRepository,
  someMinutes,
} from '@clarity/domain/testing';
import { testClients } from '../../test/clients';
import { createTable } from '../../test/embedded-resources';
import { dynamoHealthDataRepository } from './dynamo-health-data-repository';

const clients = testClients();
const day = Date.UTC(2026, 2, 2);
const wholeDay = { type: 'activity_count', from: day, to: day + 86_400_000, limit: 5000 } as const;
let table: string;
beforeAll(async () => {
  table = await createTable(clients);
});

describeHealthDataRepository('DynamoDB', () => dynamoHealthDataRepository(clients.dynamo, table));

const tinyBlocks = { maxBytes: 700, maxSamples: 1000, maxBlocks: 100 };
describeHealthDataRepository('DynamoDB with days of many blocks', () =>
  dynamoHealthDataRepository(clients.dynamo, table, {
    maxBytes: 60_000,
    maxSamples: 400,
    maxBlocks: 100,
  }),
);

describe('what lies in the table', () => {
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

  it('is one item for a day of minutes, a fortieth of an item a sample', async () => {
    const userId = aUser();
    const repository = dynamoHealthDataRepository(clients.dynamo, table);
    await repository.addSamples(userId, someMinutes(day, 7 * 1440));
    const items = await itemsOf(userId);
    expect(items.map(({ sk }) => sk?.S)).toEqual(
      [2, 3, 4, 5, 6, 7, 8].map((date) => `DAY#activity_count#2026-03-0${date}#0000`),
    );
    const bytes = items.reduce((sum, { data }) => sum + (data?.B?.length ?? 0), 0);
    // DynamoDB's units: 1 KB a write; 4 KB a consistent read, of which a query adds up all items.
    const writeUnits = items.reduce(
      (sum, { data }) => sum + Math.ceil((data?.B?.length ?? 0) / 1024),
      0,
    );
    const readUnits = bytes / 4096;
    expect(writeUnits + readUnits).toBeLessThan((7 * 1440) / 40);
  });

  it('overflows into further blocks, finds repeats in all of them, and loses nothing to races', async () => {
    const userId = aUser();
    const repository = dynamoHealthDataRepository(clients.dynamo, table, tinyBlocks);
    const minutes = someMinutes(day, 240);
    const parts = [0, 1, 2, 3].map((n) => minutes.filter((_, minute) => minute % 4 === n));
    const outcomes = await Promise.all(parts.map((part) => repository.addSamples(userId, part)));
    expect(new Set(outcomes.flat())).toEqual(new Set(['created']));
    const blocks = await itemsOf(userId);
    expect(blocks.length).toBeGreaterThan(4);
    for (const { data } of blocks) expect(data?.B?.length).toBeLessThanOrEqual(tinyBlocks.maxBytes);
    expect((await repository.findSamples(userId, wholeDay)).items).toEqual(minutes);
    expect(new Set(await repository.addSamples(userId, minutes))).toEqual(new Set(['duplicate']));
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

  it('has no text of a sample but in its packed block', async () => {
    const userId = aUser();
    const repository = dynamoHealthDataRepository(clients.dynamo, table);
    await repository.addSamples(userId, [aSample({ source: 'Jane Doe’s Watch' })]);
    const { Item } = await clients.dynamo.send(
      new GetItemCommand({
        TableName: table,
        Key: { pk: { S: `USER#${userId}` }, sk: { S: 'DAY#activity_count#2026-03-02#0000' } },
      }),
    );
    expect(Object.keys(Item ?? {}).toSorted()).toEqual(['data', 'pk', 'samples', 'sk', 'version']);
  });
});

it('says unavailable, and nothing about the table, when DynamoDB fails', async () => {
  const repository = dynamoHealthDataRepository(clients.dynamo, 'no-such-table');
  const failure = repository.addSamples(aUser(), [aSample()]);
  await expect(failure).rejects.toMatchObject({
    kind: 'unavailable',
    message: expect.not.stringContaining('no-such-table'),
  });
});
