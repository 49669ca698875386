import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { timed, type Sample, type UserId } from '@clarity/domain';
import { aSample } from '@clarity/domain/testing';
import fixture from '../../test/fixtures/day-blocks.json';
import { stubDynamo, type StubDynamo } from '../testing';
import { dynamoHealthDataRepository } from './dynamo-health-data-repository';

/** What the last release with day blocks wrote: one block a day, and a day of several. */
const userId = fixture.userId as string as UserId;
const samples = fixture.samples as readonly Sample[];
const from = Date.UTC(2026, 0, 1);
const to = Date.UTC(2026, 0, 31);

let dynamo: StubDynamo;
let client: DynamoDBClient;
beforeEach(async () => {
  dynamo = await stubDynamo();
  client = new DynamoDBClient({ region: 'us-east-1', endpoint: dynamo.endpoint });
  for (const { pk, sk, version, samples: count, data } of fixture.items)
    await client.send(
      new PutItemCommand({
        TableName: 'health',
        Item: {
          pk: { S: pk },
          sk: { S: sk },
          version: { N: version },
          samples: { N: count },
          data: { B: Buffer.from(data, 'base64') },
        },
      }),
    );
});
afterEach(async () => {
  client.destroy();
  await dynamo.close();
});

const byStart = (a: Sample, b: Sample) => timed(a).start - timed(b).start || (a.id < b.id ? -1 : 1);
const ofType = (type: string) => samples.filter((sample) => sample.type === type).sort(byStart);
const types = [...new Set(samples.map(({ type }) => type))];

async function pages(type: Sample['type'], limit: number): Promise<Sample[]> {
  const repository = dynamoHealthDataRepository(client, 'health');
  const items: Sample[] = [];
  let after: string | undefined;
  do {
    const query = { type, from, to, limit, ...(after !== undefined && { after }) };
    const page = await repository.findSamples(userId, query);
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
}

describe('days that were stored as day blocks', () => {
  it.each(types)('are read page by page: %s', async (type) => {
    expect(await pages(type, 7)).toEqual(ofType(type));
  });

  it('hold what they hold: sent again it is a duplicate', async () => {
    const repository = dynamoHealthDataRepository(client, 'health');
    const again = await repository.addSamples(userId, samples.map(timed));
    expect(new Set(again)).toEqual(new Set(['duplicate']));
    expect(dynamo.units().calls['PutItem']).toBe(fixture.items.length);
  });

  it('take new samples among the old ones, and after them', async () => {
    const repository = dynamoHealthDataRepository(client, 'health');
    const old = ofType('heart_rate');
    const at = (start: string) =>
      aSample({ type: 'heart_rate', start, end: start, value: 61, unit: '/min' });
    const added = [
      at('2026-01-05T23:59:00Z'),
      at('2026-01-06T04:10:00Z'),
      at('2026-01-09T00:00:00Z'),
    ];
    const outcomes = await repository.addSamples(userId, [old[7]!, ...added, old[3]!].map(timed));
    expect(outcomes).toEqual(['duplicate', 'created', 'created', 'created', 'duplicate']);
    expect(await pages('heart_rate', 9)).toEqual([...old, ...added].sort(byStart));
  });
});
